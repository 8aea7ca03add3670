"""Whatever bytes arrive, the decoder answers with a value or one of its three refusals."""

import socket
import struct
from contextlib import suppress

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.wire import Channel, Closed, TooLarge, WireError
from autograder.wire.frames import HEADER, MAGIC, MAX_TREE
from autograder.wire.values import MAX_DEPTH, MAX_NODES

LIMIT = 1 << 16


def receive(data):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22)
        ours.sendall(data)
        ours.shutdown(socket.SHUT_WR)
        return Channel(theirs, LIMIT).receive(lambda mark: mark)


def frame(tree, *buffers, sizes=None):
    sizes = [len(buffer) for buffer in buffers] if sizes is None else sizes
    packed = msgpack.packb([sizes, tree])
    body = b"".join(buffers)
    return HEADER.pack(MAGIC, len(packed), len(body)) + packed + body


def nested(depth):
    tree = 0
    for _ in range(depth):
        tree = ["l", tree]
    return tree


PCG = {"bit_generator": "PCG64", "state": {"state": 1, "inc": 1}, "has_uint32": 0, "uinteger": 0}


def generator(**changes):
    def tree(value):
        if isinstance(value, dict):
            return ["d", *(tree(part) for pair in value.items() for part in pair)]
        return value

    return ["g", tree(PCG | changes)]


@pytest.mark.parametrize(
    "tree",
    [
        [],
        ["x"],
        ["l", ["?"]],
        [1, 2],
        b"raw",
        {"a": 1},
        msgpack.ExtType(1, b"x"),
        msgpack.Timestamp(1),
        nested(MAX_DEPTH + 1),
        ["l"] + [0] * MAX_NODES,
        ["i", "12a"],
        ["i", "१२"],
        ["i", "-"],
        ["i", "9" * 4_002],
        ["c", 1.0],
        ["c", 1, 2],
        ["d", "a"],
        ["d", 1.5, 2],
        ["d", True, 2],
        ["d", "a", 1, "a", 2],
        ["d", ["l"], 2],
        ["h", 1],
        ["h", True, "x"],
        ["h", 1, "x" * 101],
        ["f", "1"],
        ["s", "float64", b"1234567"],
        ["s", "object", b"12345678"],
        ["s", "bool", b"\x02"],
        ["g", 1],
        generator(bit_generator="MT19937"),
        generator(bit_generator="__class__"),
        generator(state={"state": -1, "inc": 1}),
        generator(state={"state": 1}),
        generator(has_uint32=2),
        generator(uinteger=2**32),
        ["u"],
        ["a", "float64", 0],
    ],
    ids=lambda tree: repr(tree)[:40],
)
def test_a_malformed_tree_is_refused(tree):
    with pytest.raises(WireError):
        receive(frame(tree))


@pytest.mark.parametrize(
    "array",
    [
        ["a", "float64", 2],
        ["a", "float64", -1],
        ["a", "float64", 1.0],
        ["a", "float64", True],
        ["a", "float64", 2**31, 0],
        ["a", "float64"] + [1] * 33,
        ["a", "object", 1],
        ["a", "O", 1],
        ["a", "<f8", 1],
        ["a", "str", 1],
        ["a", 1],
        ["a"],
    ],
    ids=lambda tree: repr(tree)[:40],
)
def test_a_malformed_array_is_refused(array):
    with pytest.raises(WireError):
        receive(frame(array, bytes(8)))


def test_a_bool_must_be_0_or_1():
    with pytest.raises(WireError):
        receive(frame(["a", "bool", 2], b"\x01\x02"))


def test_text_must_be_utf8():
    with pytest.raises(WireError):
        receive(frame(["u"], b"\xff\xfe"))


def test_no_buffer_may_be_left_over():
    with pytest.raises(WireError):
        receive(frame(1, b"12345678"))


@pytest.mark.parametrize("sizes", [[4], [16], [-8, 16], [8.0], ["8"], [True] * 8, 8])
def test_sizes_must_be_those_of_the_buffers(sizes):
    with pytest.raises(WireError):
        receive(frame(["a", "float64", 1], bytes(8), sizes=sizes))


@pytest.mark.parametrize(
    "header",
    [
        (MAGIC, MAX_TREE + 1, 0),
        (MAGIC, 10, LIMIT + 1),
        (MAGIC, 2**32 - 1, 0),
        (MAGIC, 10, 2**64 - 1),
    ],
)
def test_an_announced_size_over_its_limit_is_refused(header):
    with pytest.raises(TooLarge):
        receive(HEADER.pack(*header))


def test_another_protocol_is_refused():
    with pytest.raises(WireError):
        receive(struct.pack("<4sIQ", b"HTTP", 10, 0) + bytes(10))


@pytest.mark.parametrize(
    "packed", [b"\xdd\xff\xff\xff\xff", b"\x91" * MAX_TREE, b"\xc1", b"\x01\x01"], ids="abcd"
)
def test_a_msgpack_bomb_is_refused(packed):
    with pytest.raises(WireError):
        receive(HEADER.pack(MAGIC, len(packed), 0) + packed)


@pytest.mark.parametrize("kept", range(0, 60, 7))
def test_a_truncated_frame_is_the_end(kept):
    whole = frame(["l", ["a", "float64", 3], "text"], np.arange(3.0).tobytes())
    with pytest.raises(Closed):
        receive(whole[: min(kept, len(whole) - 1)])


@given(st.binary(max_size=200))
def test_random_bytes_are_refused(data):
    with pytest.raises((Closed, TooLarge, WireError)):
        receive(data)


trees = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text()
    | st.binary()
    | st.sampled_from(["l", "t", "d", "a", "s", "g", "h", "f", "c", "i", "u", "bool"]),
    lambda inner: st.lists(inner, max_size=5),
    max_leaves=20,
)


@given(trees, st.lists(st.binary(max_size=16), max_size=3))
def test_random_trees_are_decoded_or_refused(tree, buffers):
    with suppress(WireError):
        receive(frame(tree, *buffers))
