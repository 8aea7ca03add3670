"""The values that may cross, and the marks for what stays on its own side."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_NODES = 10_000
MAX_DEPTH = 32
MAX_DIGITS = 4_000

INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
FLOATS = ("float16", "float32", "float64", "complex64", "complex128")
DTYPES = {name: np.dtype(name).newbyteorder("<") for name in ("bool", *INTEGERS, *FLOATS)}
NARROWED = {np.dtype("longdouble").name: "float64", np.dtype("clongdouble").name: "complex128"}
# Only those whose state is a few integers: a forged position of MT19937 would read out of bounds.
GENERATORS = ("PCG64", "PCG64DXSM")


class WireError(Exception):
    """A frame that breaks the protocol."""


class TooLarge(Exception):
    """A value or frame over its limit."""


@dataclass(frozen=True)
class Handle:
    """Stands in the grader for an object that stays in the worker."""

    id: int
    type_name: str
    worker: int = 0


@dataclass(frozen=True)
class Function:
    """Stands in the worker for a function that stays in the grader."""

    id: int


Mark = Handle | Function
Seal = Callable[[object], Mark]
Unseal = Callable[[Mark], object]


def type_name(value: object) -> str:
    """The name of the value's type, whatever its metaclass says."""
    name: str = type.__dict__["__name__"].__get__(type(value))
    return f"ndarray of {value.dtype.name}" if isinstance(value, np.ndarray) else name


@functools.lru_cache(256)
def dtype_name(dtype: np.dtype[Any]) -> str | None:
    """The name under which a dtype crosses, or None if it must not."""
    name = NARROWED.get(dtype.name, dtype.name)
    return name if name in DTYPES else None
