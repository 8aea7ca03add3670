"""Turns an untrusted msgpack tree and its buffers back into values."""

import math
from typing import Any

import numpy as np

from autograder.wire.values import (
    DTYPES,
    GENERATORS,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    Function,
    Handle,
    Mark,
    Unseal,
    WireError,
)

MAX_SIDE = 2**31 - 1
MAX_EXTENT = 2**26


class Decoder:
    """Decodes one value; `unseal` resolves marks; WireError if anything is not as it must be."""

    def __init__(self, buffers: list[np.ndarray], unseal: Unseal) -> None:
        self.buffers, self.unseal = buffers[::-1], unseal
        self.nodes = 0

    def decode(self, node: object, depth: int = 0) -> object:
        """The tree's value."""
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("too many values, or nested too deeply")
        if node is None or type(node) in (bool, int, float, str):
            return node
        match node:
            case [("l" | "t" | "d" | "g") as tag, *rest]:
                return self._container(tag, rest, depth + 1)
            case ["u"]:
                return self._take().tobytes().decode()
            case ["a", str(name), *shape]:
                return _shaped(self._take(), name, shape)
            case ["h" | "f", *_]:
                return self.unseal(_mark(node))
        return _scalar(node)

    def _container(self, tag: str, rest: list[Any], depth: int) -> object:
        items = [self.decode(item, depth) for item in rest]
        if tag == "l":
            return items
        if tag == "t":
            return tuple(items)
        return _dict(items) if tag == "d" else _generator(items)

    def _take(self) -> np.ndarray:
        if not self.buffers:
            raise WireError("a buffer is missing")
        return self.buffers.pop()


def _dict(parts: list[Any]) -> dict[Any, object]:
    keys = parts[::2]
    if len(parts) % 2 or any(type(key) not in (str, int) for key in keys):
        raise WireError("bad keys")
    if len(set(keys)) < len(keys):
        raise WireError("a key twice")
    return dict(zip(keys, parts[1::2], strict=True))


def _mark(node: object) -> Mark:
    match node:
        case ["h", int(number), str(kind)] if type(number) is int and len(kind) <= 100:
            return Handle(number, "".join(c if c.isprintable() else "?" for c in kind))
        case ["f", int(number)] if type(number) is int:
            return Function(number)
    raise WireError("not a mark")


def _scalar(node: object) -> object:
    match node:
        case ["s", str(name), bytes(data)]:
            return _shaped(np.frombuffer(data, np.uint8), name, [])[()]
        case ["c", float(real), float(imaginary)]:
            return complex(real, imaginary)
        case ["i", str(digits)] if len(digits) <= MAX_DIGITS + 1:
            return _integer(digits)
    raise WireError("not a value")


def _shaped(data: np.ndarray, name: str, shape: list[Any]) -> np.ndarray:
    dtype = DTYPES.get(name)
    if dtype is None or len(shape) > 32:
        raise WireError("bad dtype or number of axes")
    if not all(type(side) is int and 0 <= side <= MAX_SIDE for side in shape):
        raise WireError("bad shape")
    if math.prod(shape) * dtype.itemsize != data.nbytes:
        raise WireError("buffer and shape differ")
    if math.prod(side or 1 for side in shape) > MAX_EXTENT:
        # NumPy loops over the outer axes of an empty array, and can't be interrupted there.
        raise WireError("an empty array of huge extent")
    if name == "bool" and data.nbytes and data.max() > 1:
        raise WireError("a bool that is neither 0 nor 1")
    try:
        return data.view(dtype.newbyteorder("=")).reshape(shape)
    except ValueError as error:
        raise WireError("bad shape") from error


def _integer(digits: str) -> int:
    if not (digits.isascii() and digits.removeprefix("-").isdigit()):
        raise WireError("not an integer")
    return int(digits)


def _generator(items: list[Any]) -> np.random.Generator:
    match items:
        case [
            {
                "bit_generator": str(name),
                "state": {"state": int(inner), "inc": int(increment)},
                "has_uint32": int(has),
                "uinteger": int(spare),
            }
        ] if name in GENERATORS:
            _require_bits({128: (inner, increment), 1: (has,), 32: (spare,)})
            bits = getattr(np.random, name)(0)
            inside = {"state": inner, "inc": increment}
            rest = {"has_uint32": has, "uinteger": spare}
            bits.state = {"bit_generator": name, "state": inside, **rest}
            return np.random.Generator(bits)
    raise WireError("not the state of a generator")


def _require_bits(numbers: dict[int, tuple[int, ...]]) -> None:
    for width, group in numbers.items():
        if any(not 0 <= number < 1 << width for number in group):
            raise WireError("an integer out of range")
