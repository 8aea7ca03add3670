"""What a student reads about a hidden test that did not pass."""

from __future__ import annotations

import builtins

from autograder.report import Status
from autograder.sandbox import Ending
from autograder.suite.calls import Call, StudentError
from autograder.suite.examiner import Outcome
from autograder.suite.student import MOST_NOTED
from autograder.suite.values import describe, describe_type

UNWRITTEN = "{} is not written yet."
UNWRITTEN_HELPER = "{} calls {}, which is not written yet."
MISSING = (
    "After your notebook had run there was no function {}. "
    "Is its cell still there, and does it run without an error?"
)
NO_FUNCTION = "After your notebook had run, {} was no function but {}."
OF_NUMPY = {"LinAlgError", "AxisError", "_ArrayMemoryError", "_UFuncNoLoopError"}
OF_OURS = {"StaleHandle"}


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
    if error is None or not outcome.calls:
        return str(error or "")
    start, last = _introduction(exercise, outcome), outcome.calls[-1]
    if isinstance(error, Ending):
        return f"{start}{last.shown} {error.sentence}."
    if isinstance(error, StudentError):
        return start + _raised(last, error)
    # What a test finds wrong is the exercise's, even if it has called others since.
    own = next((call for call in reversed(outcome.calls) if call.function == exercise), last)
    # Pytest puts its own analysis of a bare assert behind the message.
    return f"{start}{own.shown}: {str(error).partition(chr(10) + 'assert ')[0]}"


def form_message(exercise: str, outcome: Outcome, expected: Outcome) -> str:
    """Say that an answer has another form than the test could use."""
    call, right = outcome.calls[-1], expected.calls[len(outcome.calls) - 1]
    return (
        f"{_introduction(exercise, outcome)}{call.shown} returned {describe(call.answer.value)}, "
        f"expected {describe(right.answer.value)}."
    )


def _introduction(exercise: str, outcome: Outcome) -> str:
    """What to say first where the test came to grief before it reached its own exercise."""
    if any(call.function == exercise for call in outcome.calls):
        return ""
    name = outcome.calls[-1].function
    return f"This test of {exercise} starts with your {name}, and could not go on. "


def _raised(call: Call, error: StudentError) -> str:
    if "Missing" in error.types:
        return MISSING.format(call.name)
    if error.unwritten:
        stub = error.place.function.removesuffix(".__init__")
        helps = stub not in ("", call.name, call.function)
        return UNWRITTEN_HELPER.format(call.name, stub) if helps else UNWRITTEN.format(call.name)
    if error.type_name == "CallbackFailed":
        return f"{call.shown} handed on {_handed(call)} that could not be used{_where(error)}."
    if "NotCallable" in error.types:
        return NO_FUNCTION.format(call.function, describe_type(error.message))
    if error.type_name == "TypeError" and not error.place.line:
        return (
            f"{call.shown} could not be called with these arguments: "
            "has the first line of the function been changed?"
        )
    # The exception's message stays here: it may hold the inputs of a hidden test.
    return f"{call.shown} raised {_exception(error)}{_where(error)}."


def _handed(call: Call) -> str:
    """What a function of the test's was given at last, if that was noted: not all calls are."""
    asked = call.answer.asked
    given = asked[-1][1] if 0 < len(asked) < MOST_NOTED else ()
    return describe(given[0]) if given else "something"


def _where(error: StudentError) -> str:
    whose = "the lesson's" if error.place.given else "your"
    line = error.place.line.strip()[:120]
    return f", in {whose} line “{line}”" if line else ""


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
