"""Plain values: whether two are the same, and how to say what one is."""

from __future__ import annotations

import builtins
import zlib
from numbers import Integral, Number
from typing import Any

import numpy as np

from autograder.wire.values import DTYPES

TYPES = {"NoneType", "module", "generator", "function", "method", "DataFrame", "Series", "Tensor"}

ALIKE = 1e-6
"""Relative difference up to which two answers count as equal: central differences need as much."""


def same(a: object, b: object, tol: float = 1e-9) -> bool:
    """Whether two plain values are equal up to rounding; nan equals nan, lists equal tuples."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k], tol) for k in a)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(same(x, y, tol) for x, y in zip(a, b, strict=True))
    if is_bool(a) or is_bool(b):
        return is_bool(a) and is_bool(b) and bool(a) == bool(b)
    if isinstance(a, Integral) or isinstance(b, Integral):
        return isinstance(a, Integral) and isinstance(b, Integral) and bool(a == b)
    if _is_numeric(a) and _is_numeric(b):
        x, y = np.asarray(a), np.asarray(b)
        return x.shape == y.shape and close(x, y, tol)
    if is_opaque(a) or is_opaque(b):
        return is_opaque(a) and is_opaque(b)
    return type(a) is type(b) and bool(a == b)


def seed_of_call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> int:
    """What NumPy's global generator starts from in a call: the same for the same call.

    So a function that draws from it where it should not gives the same answer whoever runs it.
    """
    return zlib.crc32(repr([name, *map(_trace, args), _trace(kwargs)]).encode())


def _trace(value: object) -> object:
    """A part of a call as plain data; caches and callables count for nothing."""
    if isinstance(value, np.ndarray):
        return value.shape, zlib.crc32(np.ascontiguousarray(value).tobytes())
    if isinstance(value, np.random.Generator):
        return value.bit_generator.state
    if isinstance(value, dict):
        return {key: _trace(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return list(map(_trace, value))
    return value if isinstance(value, int | float | str | None) else ""


def describe(value: object) -> str:
    """A short phrase for a value: its type and shape, or the value itself where it is small.

    An answer may be made of a hidden test's inputs, so there is never room for much of one.
    """
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" + (
            "" if value.dtype.kind == "f" else f" and type {value.dtype}"
        )
    if isinstance(value, bool | np.bool_ | None | str):
        return repr(value)[:24]
    if isinstance(value, Integral):
        return f"{type(value).__name__} {str(value)[:20]}"
    if isinstance(value, Number):
        return f"{type(value).__name__} {np.asarray(value):.6g}"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, dict):
        return f"a dict with the keys {describe_keys(value)}"
    return describe_type(getattr(value, "type_name", type(value).__name__))


def describe_type(name: str) -> str:
    """A type by its name if that is known: one of a student's own could be called anything."""
    builtin = isinstance(getattr(builtins, name, None), type)
    array = name.removeprefix("ndarray of ") in {*DTYPES, "object"}
    return f"an object of type {name}" if builtin or array or name in TYPES else "an object"


def describe_keys(value: dict[Any, Any]) -> str:
    """The keys of a dict, shortened."""
    return ", ".join(repr(key)[:20] for key in list(value)[:6]) or "none"


def close(x: np.ndarray, y: np.ndarray, tol: float) -> bool:
    """Whether ‖x − y‖ ≤ tol ‖y‖, for arrays of one shape; nan and infinity have to match.

    Arrays of integers have to be equal, and so have any arrays if tol is 0.
    """
    if tol == 0 or (x.dtype.kind in "biu" and y.dtype.kind in "biu"):
        return bool(np.array_equal(x, y, equal_nan=x.dtype.kind in "fc" and y.dtype.kind in "fc"))
    finite = np.isfinite(y)
    if not np.array_equal(x[~finite], y[~finite], equal_nan=y.dtype.kind in "fc"):
        return False
    if not np.isfinite(x[finite]).all():
        return False
    precise = np.result_type(x, y, np.float64)
    x, y = x[finite].astype(precise), y[finite].astype(precise)
    # Scaling first keeps the squares of huge and of tiny numbers from leaving the range of floats.
    scale = float(np.abs(y).max(initial=0.0)) or 1.0
    with np.errstate(all="ignore"):
        gap = np.linalg.norm(x / scale - y / scale)
        return bool(gap <= tol * (np.linalg.norm(y / scale) or 1.0))


def told_apart(found: object, expected: object) -> tuple[str, str]:
    """Two numbers as text, with as many digits as it takes to see that they differ."""
    for digits in (6, 9, 12, 17):
        texts = f"{found:.{digits}g}", f"{expected:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts


def _is_numeric(value: object) -> bool:
    return isinstance(value, np.ndarray | Number) and not is_bool(value)


def is_bool(value: object) -> bool:
    """Whether a value is a truth value, Python's or NumPy's."""
    return isinstance(value, bool | np.bool_)


def is_opaque(value: object) -> bool:
    """Whether a value stays with the player, so that nothing is known of it but its type."""
    return hasattr(value, "type_name")
