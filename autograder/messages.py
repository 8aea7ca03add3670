"""What a student reads about a hidden test that did not pass."""

from __future__ import annotations

import builtins

from autograder.report import Status
from autograder.sandbox import Ending
from autograder.suite.calls import Call, StudentError
from autograder.suite.examiner import Outcome
from autograder.suite.values import describe, describe_type

UNWRITTEN = "{} is not written yet."
MISSING = (
    "After your notebook had run there was no function {}. "
    "Is its cell still there, and does it run without an error?"
)
NO_FUNCTION = "After your notebook had run, {} was no function but {}."
OF_NUMPY = {"LinAlgError", "AxisError", "_ArrayMemoryError", "_UFuncNoLoopError"}
OF_OURS = {"StaleHandle", "CallbackFailed"}


def status_of(outcome: Outcome) -> Status:
    """Tell the endings apart."""
    error = outcome.error
    if error is None:
        return "passed"
    if isinstance(error, Ending):
        return error.status
    if isinstance(error, StudentError):
        if error.unwritten:
            return "missing"
        return "memory" if "MemoryError" in error.types else "error"
    return "failed"


def is_verdict(outcome: Outcome) -> bool:
    """Whether a failed test says itself what is wrong."""
    return isinstance(outcome.error, AssertionError | Ending | StudentError)


def message_for(exercise: str, outcome: Outcome) -> str:
    """Say what was called, on which shapes, what came back and what was expected."""
    error = outcome.error
    call = outcome.calls[-1] if outcome.calls else None
    if error is None or call is None:
        return str(error or "")
    start = _introduction(exercise, call)
    if isinstance(error, Ending):
        return f"{start}{call.shown} {error.sentence}."
    if isinstance(error, StudentError):
        return start + _raised(call, error)
    # Pytest puts its own analysis of a bare assert behind the message.
    return f"{start}{call.shown}: {str(error).partition(chr(10) + 'assert ')[0]}"


def form_message(exercise: str, outcome: Outcome, expected: Outcome) -> str:
    """Say that an answer has another form than the test could use."""
    call, right = outcome.calls[-1], expected.calls[len(outcome.calls) - 1]
    return (
        f"{_introduction(exercise, call)}{call.shown} returned {describe(call.answer.value)}, "
        f"expected {describe(right.answer.value)}."
    )


def _introduction(exercise: str, call: Call) -> str:
    """What to say first where the test came to grief before it reached its own exercise."""
    if call.function == exercise:
        return ""
    return f"This test of {exercise} starts with your {call.function}, and could not go on. "


def _raised(call: Call, error: StudentError) -> str:
    if error.unwritten:
        text = MISSING if "Missing" in error.types else UNWRITTEN
        return text.format(call.name)
    if "NotCallable" in error.types:
        return NO_FUNCTION.format(call.function, describe_type(error.message))
    if error.type_name == "TypeError" and not error.line:
        return (
            f"{call.shown} could not be called with these arguments: "
            "has the first line of the function been changed?"
        )
    # The exception's message stays here: it may hold the inputs of a hidden test.
    where = f", in your line “{error.line.strip()[:120]}”" if error.line else ""
    return f"{call.shown} raised {_exception(error)}{where}."


# A class can be named after the inputs of a hidden test, so only names that are known are shown.


def _exception(error: StudentError) -> str:
    if _builtin(error.type_name) or error.type_name in OF_NUMPY | OF_OURS:
        return error.type_name
    bases = [kind for name in error.types if (kind := _builtin(name))]
    nearest = max(bases, key=lambda kind: len(kind.__mro__), default=Exception)
    return f"an exception of a class derived from {nearest.__name__}"


def _builtin(name: str) -> type[BaseException] | None:
    kind = getattr(builtins, name, None)
    return kind if isinstance(kind, type) and issubclass(kind, BaseException) else None
