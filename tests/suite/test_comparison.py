"""What is accepted as an answer, what is rejected, and in which words."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.suite import agree, agrees, fail
from autograder.suite.values import describe, same

FLOATS = st.floats(-1e100, 1e100, allow_subnormal=False)
ARRAYS = hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=FLOATS)
HUGE = 10**400

ACCEPTED = {
    "rounding": (np.array([1.0, 2.0 + 1e-9]), np.array([1.0, 2.0])),
    "float32": (np.array([0.1, 0.2], np.float32), np.array([0.1, 0.2])),
    "float16 exact": (np.array([0.5], np.float16), np.array([0.5])),
    "int array for floats": (np.array([1, 2]), np.array([1.0, 2.0])),
    "other int type": (np.array([1, 2], np.int8), np.array([1, 2])),
    "unsigned": (np.array([1, 2], np.uint64), np.array([1, 2])),
    "reals for complex": (np.array([1.0]), np.array([1.0 + 0j])),
    "mask": (np.array([True, False]), np.array([True, False])),
    "empty": (np.zeros((0, 3)), np.zeros((0, 3))),
    "other memory order": (np.asfortranarray(np.eye(3)[:2]), np.eye(3)[:2]),
    "tiny beside zero": (np.array([1e-7]), np.array([0.0])),
    "small entry beside a large one": (np.array([1e6, 0.1]), np.array([1e6, 0.0])),
    "huge": (np.array([1e308, -1e308]), np.array([1e308, -1e308])),
    "subnormal": (np.array([5e-324]), np.array([5e-324])),
    "nan where nan is expected": (np.array([np.nan, 1.0]), np.array([np.nan, 1.0])),
    "inf where inf is expected": (np.array([-np.inf, 1.0]), np.array([-np.inf, 1.0])),
    "int for a float": (3, 3.0),
    "numpy float": (np.float64(3), 3.0),
    "float32 scalar": (np.float32(3), 3.0),
    "numpy int for a float": (np.int64(3), 3.0),
    "0-d array for a float": (np.array(3.0), 3.0),
    "float for a 0-d array": (3.0, np.array(3.0)),
    "numpy int": (np.int8(3), 3),
    "0-d int array": (np.array(3), 3),
    "huge int": (10**100, 10**100),
    "text": ("rotation", "rotation"),
    "nothing": (None, None),
    "bool": (True, True),
    "numpy bool for a bool": (np.True_, True),
    "list for a tuple": ([1.0, [2.0]], (1.0, (2.0,))),
    "tuple for a list": ((1, "a"), [1, "a"]),
    "nested": ({"a": (np.ones(2), 1)}, {"a": [np.ones(2), 1]}),
    "keys in another order": ({"b": 1, "a": 2}, {"a": 2, "b": 1}),
}

REJECTED = {
    "value": (np.array([1.0, 2.5]), np.array([1.0, 2.0]), ["1 of 2 entries", "[1]", "2.5", "2"]),
    "worst entry": (
        np.array([[1.0, 2.1], [3.0, 9.0]]),
        np.array([[1.0, 2.0], [3.0, 4.0]]),
        ["2 of 4 entries", "at [1, 1] it is 9, expected 4"],
    ),
    "shape": (np.ones((3, 2)), np.ones((2, 3)), ["shape (3, 2), expected (2, 3)"]),
    "broadcastable shape": (np.ones((1, 3)), np.ones(3), ["shape (1, 3), expected (3,)"]),
    "one too many axes": (np.ones((2, 1)), np.ones(2), ["shape (2, 1), expected (2,)"]),
    "scalar for an array": (1.0, np.ones(1), ["float 1", "array of shape (1,)"]),
    "list for an array": ([1.0], np.ones(1), ["a list of 1", "array of shape (1,)"]),
    "nothing for an array": (None, np.ones(2), ["is None", "array of shape (2,)"]),
    "tuple for an array": ((np.ones(2), 1), np.ones(2), ["a tuple of 2"]),
    "complex array": (np.ones(2) + 0j, np.ones(2), ["type complex128, expected float64"]),
    "mask for floats": (np.array([True]), np.ones(1), ["type bool, expected float64"]),
    "floats for a mask": (np.ones(1), np.array([True]), ["type float64, expected bool"]),
    "floats for ints": (np.ones(1), np.array([1]), ["type float64, expected int64"]),
    "wrong mask": (np.array([True, False]), np.array([True, True]), ["1 of 2 entries", "[1]"]),
    "nan": (np.array([1.0, np.nan]), np.ones(2), ["1 of 2 entries", "nan or infinite"]),
    "inf": (np.array([np.inf, -np.inf]), np.ones(2), ["2 of 2 entries", "nan or infinite"]),
    "other sign of inf": (np.array([np.inf]), np.array([-np.inf]), ["-inf"]),
    "finite for nan": (np.array([1.0]), np.array([np.nan]), ["nan"]),
    "too much beside zero": (np.array([1e-5]), np.array([0.0]), ["1e-05", "expected 0"]),
    "other end of the range": (np.array([-1e308]), np.array([1e308]), ["-1e+308"]),
    "float32 of too little": (np.array([1.001], np.float32), np.ones(1), ["1.001"]),
    "number": (2.5, 2.0, ["is 2.5, expected 2."]),
    "array of one for a number": (np.ones(1), 1.0, ["array of shape (1,)", "a real number"]),
    "complex for a number": (1 + 0j, 1.0, ["complex 1+0j", "a real number"]),
    "complex scalar": (np.complex64(1), 1.0, ["complex64", "a real number"]),
    "bool for a number": (True, 1.0, ["True", "a real number"]),
    "text for a number": ("1", 1.0, ["'1'", "a real number"]),
    "nothing for a number": (None, 1.0, ["None", "a real number"]),
    "nan for a number": (math.nan, 1.0, ["is nan", "a finite number"]),
    "huge int for a float": (HUGE, 1.0, ["is inf", "a finite number"]),
    "float for an int": (3.0, 3, ["float 3", "an int"]),
    "numpy float for an int": (np.float64(3), 3, ["float64 3", "an int"]),
    "bool for an int": (True, 1, ["True", "an int"]),
    "numpy bool for an int": (np.True_, 1, ["True", "an int"]),
    "wrong int": (4, 3, ["is 4, expected 3"]),
    "int off by one": (10**18 + 1, 10**18, ["expected 1000000000000000000"]),
    "huge wrong int": (HUGE, 3, ["expected 3"]),
    "mask for a number": (np.array(True), np.array(1.0), ["type bool"]),
    "wrong text": ("rotatoin", "rotation", ["'rotatoin'", "'rotation'"]),
    "number for text": (1, "more", ["int 1", "'more'"]),
    "something for nothing": (0, None, ["int 0", "None"]),
    "wrong bool": (False, True, ["False", "True"]),
    "int for a bool": (1, True, ["1", "True"]),
    "number of values": ((1, 2, 3), (1, 2), ["a tuple of 3", "2 values"]),
    "array for values": (np.ones(2), (1.0, 1.0), ["array of shape (2,)", "2 values"]),
    "text for values": ("ab", ("a", "b"), ["'ab'", "2 values"]),
    "value in a tuple": ((1.0, 3.0), (1.0, 2.0), ["the result[1] is 3, expected 2"]),
    "values for a dict": ([1], {"a": 1}, ["a list of 1", "a dict", "'a'"]),
    "missing key": ({"a": 1}, {"a": 1, "b": 2}, ["'a'", "'b'"]),
    "additional key": ({"a": 1, "c": 1}, {"a": 1}, ["'c'"]),
    "value in a dict": ({"a": [1]}, {"a": [2]}, ['the result["a"][0] is 1, expected 2']),
}


def complaint(actual, expected, *name, **options):
    with pytest.raises(AssertionError) as caught:
        agree(actual, expected, *name, **options)
    return str(caught.value)


@pytest.mark.parametrize(("actual", "expected"), ACCEPTED.values(), ids=ACCEPTED)
def test_what_agrees_is_accepted(actual, expected):
    agree(actual, expected)


@pytest.mark.parametrize(("actual", "expected", "said"), REJECTED.values(), ids=REJECTED)
def test_what_differs_is_rejected_in_words(actual, expected, said):
    message = complaint(actual, expected)
    assert message.startswith("the result")
    assert message.endswith(".")
    assert [phrase for phrase in said if phrase not in message] == []


@pytest.mark.parametrize(("actual", "expected", "said"), REJECTED.values(), ids=REJECTED)
def test_messages_are_one_short_line(actual, expected, said):
    message = complaint(actual, expected)
    assert len(message) < 200
    assert "\n" not in message


def test_messages_name_the_value():
    assert complaint(1.0, 2.0, "dW").startswith("dW is 1")
    assert complaint({"a": (1, 2)}, {"a": (1, 3)}, "out").startswith('out["a"][1] is 2')


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(1.000002, 1.0), (np.array([1.000002]), np.array([1.0])), (7_000_020.0, 7_000_001.0)],
)
def test_messages_show_the_difference(actual, expected):
    shown, wanted = re.search(r"is (\S+), expected (\S+)\.$", complaint(actual, expected)).groups()
    assert shown != wanted


@pytest.mark.parametrize("expected", [math.inf, math.nan])
def test_messages_count_what_differs_also_where_it_should_not_be_finite(expected):
    message = complaint(np.array([1.0, 2.0]), np.array([1.0, expected]))
    assert "1 of 2 entries" in message


def test_tolerance_is_relative_to_the_norm_of_all_entries():
    expected = np.array([3.0, 4.0])
    agree(expected + np.array([0, 4.9e-6]), expected)
    complaint(expected + np.array([0, 5.1e-6]), expected)


def test_tolerance_can_be_chosen():
    agree(1.05, 1.0, tol=0.1)
    agree({"a": [np.array([1.05])]}, {"a": [np.array([1.0])]}, tol=0.1)
    complaint(1.05, 1.0, tol=0.01)


def test_the_answer_is_left_as_it_was():
    actual, expected = np.array([1.0, 2.0]), np.array([1.0, 2.0])
    agree(actual, expected)
    assert actual.tolist() == expected.tolist() == [1.0, 2.0]


@given(ARRAYS)
def test_every_array_agrees_with_itself(x):
    agree(x.copy(), x)
    assert same(x.copy(), x, 0.0)


@given(ARRAYS, st.floats(-1e-7, 1e-7))
def test_rounding_is_forgiven_at_any_size(x, rounding):
    agree(x * (1 + rounding), x)


@given(ARRAYS, st.data())
def test_an_entry_off_by_the_norm_is_rejected(x, data):
    index = tuple(data.draw(st.integers(0, side - 1)) for side in x.shape)
    wrong = x.copy()
    wrong[index] += (np.abs(x).max() or 1.0) * data.draw(st.sampled_from([-1, 1e-3, 1, 1e3]))
    assert complaint(wrong, x, "out").startswith("out ")


@given(st.integers(), st.integers())
def test_ints_agree_only_with_themselves(a, b):
    agree(a, a)
    if a != b:
        complaint(a, b)


ANYTHING = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(), st.text(),
        hnp.arrays(hnp.scalar_dtypes().filter(lambda d: d.kind in "biufc"), hnp.array_shapes()),
        hnp.arrays(np.float64, ()),
    ),
    lambda inner: st.lists(inner, max_size=3)
    | st.lists(inner, max_size=3).map(tuple)
    | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@given(ANYTHING, ANYTHING)
def test_whatever_is_returned_the_check_passes_or_says_why(actual, expected):
    try:
        agree(actual, expected)
    except AssertionError as mismatch:
        assert str(mismatch)  # noqa: PT017
    assert same(actual, expected) in {True, False}
    assert describe(actual)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (0.5, np.float64(0.5)), (math.nan, math.nan), ([1, (2,)], (1, [2])),
        ({"a": np.nan}, {"a": np.nan}),
        (np.float32(0.5), 0.5), (np.array(2.0), 2.0), (np.int8(2), 2), (np.True_, True),
        (None, None), ("a", "a"),
    ],
)  # fmt: skip
def test_same_looks_through_number_types_and_sequences(a, b):
    assert same(a, b)
    assert same(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (1, 2), (1.0, 1.001), (np.ones(2), np.ones(3)), ([1], [1, 2]), ({"a": 1}, {"b": 1}),
        (None, 0), ("1", 1), (math.nan, 0.0), (math.inf, -math.inf), (10**400, 10**400 + 1),
        (True, 1.0), (True, 1), (1, 1.0), (1j, 1.0), (np.array([1, 2**60]), np.array([2, 2**60])),
    ],
)  # fmt: skip
def test_same_tells_apart_what_differs(a, b):
    assert not same(a, b, 0.0)
    assert not same(b, a, 0.0)


def test_fail_says_just_the_message():
    with pytest.raises(AssertionError, match=r"^two caches are equal\.$"):
        fail("two caches are equal.")


def test_agrees_tells_what_agree_would_accept():
    assert agrees(np.ones(3), np.ones(3))
    assert not agrees(np.ones(3), np.zeros(3))
    assert not agrees(np.ones(2), np.ones(3))
