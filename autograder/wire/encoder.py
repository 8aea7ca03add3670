"""Turns values into a msgpack tree and raw buffers."""

import numpy as np

from autograder.wire.values import (
    DTYPES,
    GENERATORS,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    Handle,
    Mark,
    Seal,
    TooLarge,
    dtype_name,
    type_name,
)

LONG_TEXT = 1_024
TOO_LONG = 10**MAX_DIGITS


class Encoder:
    """Encodes one value, not more than `limit` bytes of buffers; `seal` marks what is not plain."""

    def __init__(self, seal: Seal, limit: int) -> None:
        self.seal, self.room = seal, limit
        self.nodes = 0
        self.buffers: list[np.ndarray] = []

    def encode(self, value: object, depth: int = 0) -> object:
        """The value's tree."""
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise TooLarge(f"more than {MAX_NODES} values, or nested deeper than {MAX_DEPTH}")
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return self._int(value)  # type: ignore[arg-type]
        if kind is str or kind is np.str_:
            return self._text(str(value))
        if kind is complex:
            return ["c", value.real, value.imag]  # type: ignore[attr-defined]
        return self._container(value, depth + 1)

    def _int(self, value: int) -> object:
        if value.bit_length() < 64:
            return value
        if abs(value) >= TOO_LONG:
            raise TooLarge(f"an integer of more than {MAX_DIGITS} digits")
        return ["i", str(value)]

    def _text(self, value: str) -> object:
        data = value.encode("utf-8", "replace")
        if len(data) <= LONG_TEXT:
            return data.decode()
        self._buffer(np.frombuffer(data, np.uint8))
        return ["u"]

    def _container(self, value: object, depth: int) -> object:
        if isinstance(value, list | tuple):
            items = [self.encode(item, depth) for item in value]
            return ["l" if isinstance(value, list) else "t", *items]
        if isinstance(value, dict) and all(type(key) in (str, int) for key in value):
            pairs = [part for pair in value.items() for part in pair]
            return ["d", *(self.encode(part, depth) for part in pairs)]
        if isinstance(value, np.ndarray | np.generic) and dtype_name(value.dtype):
            return self._numpy(value)
        if type(value) is np.random.Generator and type_name(value.bit_generator) in GENERATORS:
            return ["g", self.encode(value.bit_generator.state, depth)]
        return self._mark(self.seal(value))

    def _numpy(self, value: np.ndarray | np.generic) -> object:
        name = dtype_name(value.dtype)
        assert name is not None
        if value.nbytes > self.room:
            raise TooLarge("an array over the limit")
        data = np.asarray(value, DTYPES[name], order="C")
        if isinstance(value, np.generic):
            return ["s", name, data.tobytes()]
        self._buffer(data.reshape(-1).view(np.uint8))
        return ["a", name, *data.shape]

    def _buffer(self, data: np.ndarray) -> None:
        self.room -= data.nbytes
        if self.room < 0:
            raise TooLarge("more bytes than the limit")
        self.buffers.append(data)

    def _mark(self, mark: Mark) -> object:
        if isinstance(mark, Handle):
            return ["h", mark.id, mark.type_name[:100]]
        return ["f", mark.id]
