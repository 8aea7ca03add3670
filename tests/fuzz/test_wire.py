"""Whatever a valid frame is turned into, the grader takes a message or refuses, at small cost."""

import random
import tracemalloc

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.wire.messages import Message

PER_BYTE = 100
"""An empty list is one byte on the wire and eighty in memory."""

SPARE = 2 << 20
"""Ten thousand values, of two hundred bytes each."""

SEEDS = st.integers(0, 2**32)


@pytest.fixture(scope="session")
def wire(harness):
    return harness("fuzz_wire")


@pytest.fixture(scope="session")
def parts(wire):
    """Tree and body of every seed that is in parts."""
    split = [seed[1:].partition(wire.SEAM) for seed in wire.seeds() if seed[:1] == b"\0"]
    return [(msgpack.unpackb(packed), body) for packed, _, body in split]


def test_every_seed_is_a_message(wire, parts):
    for tree, body in parts:
        assert isinstance(wire.taken(wire.frame(msgpack.packb(tree), body)), Message)


@settings(max_examples=1500, deadline=1000)
@given(place=SEEDS, seed=SEEDS, times=st.integers(1, 6))
def test_a_changed_tree_is_taken_or_refused(wire, parts, place, seed, times):
    tree, body = parts[place % len(parts)]
    rng = random.Random(seed)
    for _ in range(times):
        tree = wire.mutated(tree, rng)
    wire.taken(wire.frame(msgpack.packb(tree), body))


@settings(max_examples=300, deadline=1000)
@given(place=SEEDS, other=SEEDS, cut=SEEDS)
def test_bodies_of_other_frames_and_parts_of_bodies_are_taken_or_refused(
    wire, parts, place, other, cut
):
    tree, body = parts[place % len(parts)]
    foreign = parts[other % len(parts)][1]
    for changed in (foreign, body[: cut % (len(body) + 1)], body + foreign, body[::-1]):
        sizes = [len(changed)] if len(tree[0]) == 1 else tree[0]
        wire.taken(wire.frame(msgpack.packb([sizes, tree[1]]), changed))


@settings(max_examples=1500, deadline=1000)
@given(place=SEEDS, bits=st.lists(SEEDS, min_size=1, max_size=4), end=SEEDS)
def test_flipped_bits_and_truncated_frames_are_taken_or_refused(wire, place, bits, end):
    whole = list(wire.seeds())
    data = bytearray(whole[place % len(whole)])
    for bit in bits:
        data[bit // 8 % len(data)] ^= 1 << bit % 8
    wire.one_input(bytes(data))
    wire.one_input(bytes(data[: end % len(data)]))


def nested(depth, width):
    tree = ["l"] + [0] * width
    for _ in range(depth):
        tree = ["l", tree]
    return tree


DEAR = {
    "many lists": ["l", *[["l"]] * 9_990],
    "many pairs": ["d", *[part for i in range(4_990) for part in (f"k{i}", ["l"])]],
    "many handles": ["l", *[["h", 1, "x" * 100]] * 3_000],
    "many scalars": ["l", *[["s", "float64", bytes(8)]] * 9_000],
    "many generators": ["l", *[["g", 1]] * 5_000],
    "long integers": ["l", *[["i", "9" * 4_000]] * 250],
    "many axes": ["a", "uint8", *[1] * 32],
    "an empty array of many axes": ["a", "uint8", 0, *[2**31 - 1] * 31],
    "more lists than values": ["l", *[[[]] * 10_000] * 20],
    "too deep": nested(200, 1),
    "too wide": nested(10, 20_000),
}


@pytest.mark.parametrize("name", DEAR)
def test_what_a_frame_costs_is_a_small_multiple_of_its_size(wire, name):
    data = wire.frame(msgpack.packb([[], DEAR[name]]))
    wire.taken(data)
    tracemalloc.start()
    wire.taken(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < PER_BYTE * len(data) + SPARE
