"""Compares a student's answer with the expected one, and says to the student how they differ."""

from __future__ import annotations

from numbers import Integral, Number, Real
from typing import Any, NoReturn

import numpy as np

from autograder.suite.values import close, describe, describe_keys, is_bool, same, told_apart


class Mismatch(AssertionError):
    """A student's answer is not what was expected; the message is for the student."""


def fail(message: str) -> NoReturn:
    """Fail the test with a message for the student."""
    __tracebackhide__ = True
    raise Mismatch(message)


def agree(actual: object, expected: object, name: str = "", *, tol: float = 1e-6) -> None:
    """Compare a student's answer with the expected one.

    Parameters
    ----------
    actual : object
        The student's answer, decoded: plain values only.
    expected : object
        Arrays are compared by shape, kind, finiteness and norm-wise relative error; numbers
        like arrays of no axes, except that an int expects an int; lists and tuples are
        interchangeable; dicts need the same keys.
    name : str
        What the docstring calls this value.
    tol : float
        Largest accepted ‖actual − expected‖ / ‖expected‖; absolute where expected is 0.
    """
    __tracebackhide__ = True
    what = name or "the result"
    if isinstance(expected, dict):
        _same_keys(actual, expected, what)
        for key, value in expected.items():
            agree(actual[key], value, f'{what}["{key}"]', tol=tol)  # type: ignore[index]
    elif isinstance(expected, list | tuple):
        _same_length(actual, expected, what)
        for i, value in enumerate(expected):
            agree(actual[i], value, f"{what}[{i}]", tol=tol)  # type: ignore[index]
    elif isinstance(expected, np.ndarray):
        _same_array(actual, expected, what, tol)
    elif isinstance(expected, Number) and not is_bool(expected):
        _same_number(actual, expected, what, tol)
    elif not same(actual, expected):
        fail(f"{what} is {describe(actual)}, expected {describe(expected)}.")


def agrees(actual: object, expected: object) -> bool:
    """Whether `agree` would accept the answer."""
    try:
        agree(actual, expected)
    except Mismatch:
        return False
    return True


def _same_keys(actual: object, expected: dict[Any, Any], what: str) -> None:
    __tracebackhide__ = True
    if not isinstance(actual, dict):
        fail(f"{what} is {describe(actual)}, expected {describe(expected)}.")
    if actual.keys() != expected.keys():
        fail(f"{what} has the keys {describe_keys(actual)}; expected {describe_keys(expected)}.")


def _same_length(actual: object, expected: list | tuple, what: str) -> None:
    __tracebackhide__ = True
    if not isinstance(actual, list | tuple) or len(actual) != len(expected):
        fail(f"{what} is {describe(actual)}, expected {len(expected)} values.")


def _same_array(actual: object, expected: np.ndarray, what: str, tol: float) -> None:
    __tracebackhide__ = True
    if not isinstance(actual, np.ndarray) and not (
        expected.ndim == 0 and isinstance(actual, Number)
    ):
        fail(f"{what} is {describe(actual)}, expected {describe(expected)}.")
    found = np.asarray(actual)
    if found.shape != expected.shape:
        fail(f"{what} has shape {found.shape}, expected {expected.shape}.")
    if found.dtype.kind not in _accepted_kinds(expected.dtype.kind):
        fail(f"{what} has type {found.dtype}, expected {expected.dtype}.")
    _same_values(found, expected, what, tol)


def _same_number(actual: object, expected: Any, what: str, tol: float) -> None:
    __tracebackhide__ = True
    if isinstance(actual, np.ndarray) and actual.ndim == 0:
        actual = actual[()]
    kind = Integral if isinstance(expected, Integral) else Real
    if not isinstance(actual, kind) or is_bool(actual):
        expectation = "an int" if kind is Integral else "a real number"
        fail(f"{what} is {describe(actual)}, expected {expectation}.")
    if kind is Integral and actual != expected:
        fail(f"{what} is {str(actual)[:40]}, expected {expected}.")
    if kind is Real:
        _same_values(np.asarray(_as_float(actual)), np.asarray(expected), what, tol)


def _same_values(found: np.ndarray, expected: np.ndarray, what: str, tol: float) -> None:
    __tracebackhide__ = True
    bad = ~np.isfinite(found) & np.isfinite(expected)
    if bad.any() and not found.ndim:
        fail(f"{what} is {found:g}, expected a finite number.")
    if bad.any():
        fail(f"{what} has {_count(bad)} nan or infinite, expected finite numbers.")
    if close(found, expected, tol):
        return
    gap = _gaps(found, expected)
    worst = np.unravel_index(int(np.argmax(gap)), gap.shape)
    mine, right = told_apart(found[worst], expected[worst])
    if expected.ndim == 0:
        fail(f"{what} is {mine}, expected {right}.")
    off = gap > min(tol * _size(expected), float(gap.max()) / 2)
    at = ", ".join(map(str, worst))
    fail(f"{what} differs in {_count(off)}; at [{at}] it is {mine}, expected {right}.")


def _gaps(found: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Distance of every entry; infinite where only one of the two is a finite number."""
    with np.errstate(all="ignore"):
        gap = np.abs(found.astype(complex) - expected)
    same_kind = np.isfinite(found) & np.isfinite(expected)
    equal = (found == expected) | (np.isnan(found) & np.isnan(expected))
    return np.where(equal, 0.0, np.where(same_kind, gap, np.inf))


def _size(expected: np.ndarray) -> float:
    finite = expected[np.isfinite(expected)]
    return float(np.abs(finite).max(initial=0.0))


def _accepted_kinds(kind: str) -> str:
    return {"f": "fiu", "c": "cfiu", "i": "iu", "u": "iu"}.get(kind, kind)


def _as_float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _count(mask: np.ndarray) -> str:
    return f"{int(mask.sum())} of {mask.size} entries"
