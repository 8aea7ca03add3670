"""Every plain value comes back equal and of the same type."""

import socket

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.wire import Channel, Function, Handle, TooLarge
from autograder.wire.values import DTYPES, MAX_DEPTH, MAX_NODES

LIMIT = 1 << 20


def refuse(value):
    raise TypeError(type(value).__name__)


def trip(value, seal=refuse, unseal=lambda mark: mark):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Channel(ours, LIMIT).send(value, seal)
        return Channel(theirs, LIMIT).receive(unseal)


def same(a, b):
    assert type(a) is type(b)
    if isinstance(a, np.ndarray):
        assert (a.dtype, a.shape) == (b.dtype, b.shape)
        np.testing.assert_array_equal(a, b)
    elif isinstance(a, list | tuple):
        assert len(a) == len(b)
        for left, right in zip(a, b, strict=True):
            same(left, right)
    elif isinstance(a, dict):
        assert list(a) == list(b)
        same(list(a.values()), list(b.values()))
    else:
        np.testing.assert_equal(a, b)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text()
numbers = arrays.arrays(
    st.sampled_from([dtype.newbyteorder("=") for dtype in DTYPES.values()]),
    arrays.array_shapes(min_dims=0, min_side=0, max_side=4),
)
keys = st.text() | st.integers()
values = st.recursive(
    scalars | numbers,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=10,
)


@given(values)
def test_plain_values_come_back(value):
    same(trip(value), value)


@pytest.mark.parametrize("name", DTYPES)
def test_numpy_scalars_stay_numpy_scalars(name):
    scalar = np.ones((), DTYPES[name].newbyteorder("="))[()]
    same(trip(scalar), scalar)


@pytest.mark.parametrize("value", [10**3_999, -(10**3_999), 2**63, -(2**63), 2**64], ids="abcde")
def test_large_integers_come_back(value):
    assert trip(value) == value


def test_a_long_text_comes_back():
    text = "grün " * 10_000
    assert trip(text) == text


def test_other_layouts_become_plain_c_arrays():
    big_endian = np.arange(6, dtype=">f8").reshape(2, 3)
    same(trip(big_endian.T), np.ascontiguousarray(big_endian.T.astype("=f8")))


def test_longdouble_becomes_float64():
    same(trip(np.ones(3, np.longdouble)), np.ones(3))


def test_a_subclass_is_stripped():
    same(trip(np.ones((2, 2)).view(np.matrix)), np.ones((2, 2)))


def test_a_received_array_can_be_written():
    array = trip(np.zeros(3))
    array[0] = 1
    assert array[0] == 1


@pytest.mark.parametrize("kind", [np.random.PCG64, np.random.PCG64DXSM])
def test_a_generator_goes_on_where_it_was(kind):
    rng = np.random.Generator(kind(7))
    rng.integers(2**31)
    received = trip(rng)
    assert received.standard_normal() == rng.standard_normal()


def test_an_unknown_generator_does_not_cross():
    with pytest.raises(TypeError):
        trip(np.random.Generator(np.random.MT19937(1)))


@pytest.mark.parametrize("value", [object(), {(1, 2): 3}, {1.5: 2}, np.array([None]), b"x", {1}])
def test_anything_else_is_sealed(value):
    sealed = Handle(5, "thing")
    assert trip([value], seal=lambda _: sealed) == [sealed]


def test_a_function_of_the_grader_is_sealed():
    assert trip(len, seal=lambda _: Function(3)) == Function(3)


def test_broken_text_is_mended():
    assert trip("a\ud800b") == "a?b"


def loop():
    endless = []
    endless.append(endless)
    return endless


@pytest.mark.parametrize(
    "value",
    [
        [0.0] * MAX_NODES,
        loop(),
        10**4_001,
        np.zeros(LIMIT // 8 + 1),
        np.broadcast_to(0.0, (10**9, 10**6)),
        [np.zeros(LIMIT // 8 - 1)] * 2,
        "x" * (LIMIT + 1),
    ],
    ids=["items", "endless", "digits", "array", "view", "arrays", "text"],
)
def test_what_is_too_large_is_not_sent(value):
    with pytest.raises(TooLarge):
        trip(value)


def test_the_depth_limit_is_exact():
    value = 0
    for _ in range(MAX_DEPTH):
        value = [value]
    same(trip(value), value)
    with pytest.raises(TooLarge):
        trip([value])
