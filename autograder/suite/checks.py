"""Checks that hidden tests are written with; what they say is what the student reads."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.suite.calls import StudentError
from autograder.suite.comparison import fail
from autograder.suite.student import StudentFunction
from autograder.suite.values import describe, describe_keys, is_opaque, same


def entry(answer: object, key: str) -> Any:
    """answer[key], or a clear failure where the answer is no dict or has no such key."""
    __tracebackhide__ = True
    if not isinstance(answer, dict):
        fail(f'the result is {describe(answer)}, expected a dict with the key "{key}".')
    if key not in answer:
        fail(f'the result has no key "{key}"; its keys are {describe_keys(answer)}.')
    return answer[key]


def unchanged(function: StudentFunction, *args: Any, may_raise: bool = False, **kwargs: Any) -> Any:
    """Call a student's function and check that it leaves its arguments as they were.

    Returns the function's answer, or None where it raised and `may_raise` allows that.
    """
    __tracebackhide__ = True
    answer = function.answer(*args, **kwargs)
    if answer.error is not None and (answer.error.unwritten or not may_raise):
        raise answer.error
    after_args, after_kwargs = answer.after
    names = function.parameters(len(args))
    for name, before, after in zip(names, args, after_args, strict=True):
        _as_it_was(name, before, after)
    for name, before in kwargs.items():
        _as_it_was(name, before, after_kwargs[name])
    return answer.value


def refuses(error: type[Exception], function: StudentFunction, *args: Any, **kwargs: Any) -> None:
    """Check that the student's function raises this type of exception."""
    __tracebackhide__ = True
    try:
        value = function(*args, **kwargs)
    except StudentError as raised:
        if raised.unwritten or error.__name__ not in raised.types:
            raise
        return
    fail(f"returned {describe(value)} where it should raise {error.__name__}.")


def _as_it_was(name: str, before: object, after: object) -> None:
    __tracebackhide__ = True
    # A generator is meant to be used; of a cache nothing is known.
    exempt = callable(before) or is_opaque(before) or isinstance(before, np.random.Generator)
    if not exempt and not same(after, before, tol=0.0):
        fail(f"{name} was modified; the caller's {name} must be left as it was.")
