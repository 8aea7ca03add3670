"""Frames on a socket: header, msgpack tree, raw buffers; sizes are checked before they are used."""

import socket
import struct
from collections.abc import Callable

import msgpack
import numpy as np

from autograder.wire.decoder import Decoder
from autograder.wire.encoder import Encoder
from autograder.wire.values import MAX_NODES, Seal, TooLarge, Unseal, WireError

HEADER = struct.Struct("<4sIQ")
MAGIC = b"LWF1"
MAX_TREE = 1 << 20
SMALL = 1 << 16

Wait = Callable[[bool], None]


class Closed(Exception):
    """The other side is gone."""


class Channel:
    """One end of the connection; `wait(writing)` returns when the socket is ready, or raises."""

    def __init__(self, sock: socket.socket, limit: int, wait: Wait = lambda writing: None) -> None:
        self.sock, self.limit, self.wait = sock, limit, wait

    def send(self, value: object, seal: Seal) -> None:
        """Send one value; TooLarge before anything is sent if it does not fit."""
        encoder = Encoder(seal, self.limit)
        tree = encoder.encode(value)
        sizes = [buffer.nbytes for buffer in encoder.buffers]
        packed = msgpack.packb([sizes, tree])
        if len(packed) > MAX_TREE:
            raise TooLarge("more than 1 MiB of values")
        parts = [HEADER.pack(MAGIC, len(packed), sum(sizes)) + packed]
        if sum(sizes) <= SMALL:
            parts = [b"".join([*parts, *(buffer.data for buffer in encoder.buffers)])]
            encoder.buffers = []
        for part in (*parts, *(buffer.data for buffer in encoder.buffers)):
            self._write(part)

    def receive(self, unseal: Unseal) -> object:
        """The next value; Closed, TooLarge or WireError if there is none that may be used."""
        magic, tree_size, body_size = HEADER.unpack(self._read(HEADER.size).data)
        if magic != MAGIC:
            raise WireError("bad magic")
        if tree_size > MAX_TREE or body_size > self.limit:
            raise TooLarge("a frame over its limit")
        sizes, tree = _unpack(self._read(tree_size).tobytes())
        if sum(sizes) != body_size:
            raise WireError("sizes do not add up")
        decoder = Decoder([self._read(size) for size in sizes], unseal)
        value = _decode(decoder, tree)
        if decoder.buffers:
            raise WireError("a buffer is left over")
        return value

    def _write(self, data: bytes | memoryview) -> None:
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self.sock.send(rest) :]
            except BlockingIOError:
                self.wait(True)
            except OSError as error:
                raise Closed from error

    def _read(self, size: int) -> np.ndarray:
        data = np.empty(size, np.uint8)
        rest = data.data
        while rest:
            try:
                count = self.sock.recv_into(rest)
            except BlockingIOError:
                self.wait(False)
                continue
            except OSError as error:
                raise Closed from error
            if count == 0:
                raise Closed
            rest = rest[count:]
        return data


def _unpack(packed: bytes) -> tuple[list[int], object]:
    bound = min(len(packed), MAX_NODES + 1)
    try:
        frame = msgpack.unpackb(packed, max_array_len=bound, max_map_len=0, max_ext_len=0)
    except (ValueError, RecursionError, msgpack.UnpackException) as error:
        raise WireError("not msgpack within the limits") from error
    match frame:
        case [list(sizes), tree] if all(type(size) is int and size >= 0 for size in sizes):
            return sizes, tree
    raise WireError("not a frame")


def _decode(decoder: Decoder, tree: object) -> object:
    try:
        return decoder.decode(tree)
    except UnicodeDecodeError as error:
        raise WireError("not text") from error
