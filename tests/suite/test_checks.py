"""What the checks accept, what they reject, and what they say."""

import math
import re

import numpy as np
import pytest

from autograder.suite import StudentError, entry, refuses, unchanged
from autograder.suite.values import same


def test_entry_gives_the_value():
    assert entry({"rank": 3}, "rank") == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"rang": 3, "dim": 1}, "no key \"rank\"; its keys are 'rang', 'dim'"),
        ({}, "its keys are none"),
        (None, 'None, expected a dict with the key "rank"'),
        ((1, 2), "a tuple of 2, expected a dict"),
    ],
)
def test_entry_says_what_is_there_instead(answer, said):
    with pytest.raises(AssertionError, match=re.escape(said)):
        entry(answer, "rank")


FUNCTIONS = '''
def pure(x, options):
    """Leaves all as it was."""
    return x.sum()

def doubling(x, options):
    """Doubles in place."""
    x *= 2

def reshaping(x, options):
    """Changes no value."""
    x.shape = (4,)

def storing(x, options):
    """Changes a dict."""
    options["seen"] = 1

def raising(x, options):
    """Has changed x when it raises."""
    x[0] = 7
    raise ZeroDivisionError("so it goes")

def refusing(x, options):
    """Raises, and changes nothing."""
    raise UnicodeError("no")

def stub(x, options):
    """To be written."""
    raise NotImplementedError

def drawing(rng):
    """Draws."""
    return rng.random()

def looking(rng):
    """Does not draw."""
    return 1
'''


@pytest.fixture
def own(course, taking):
    return taking(course(FUNCTIONS))


def x():
    return np.array([[1.0, 2.0], [3.0, math.nan]])


def test_unchanged_gives_the_answer(own):
    assert unchanged(own.pure, np.ones(3), {}) == 3
    assert unchanged(own.pure, np.ones(3), options={"nan": math.nan}) == 3


@pytest.mark.parametrize("name", ["doubling", "reshaping"])
def test_unchanged_notices_a_modified_argument_and_names_it(own, name):
    with pytest.raises(AssertionError, match=r"^x was modified"):
        unchanged(getattr(own, name), x(), {})


def test_unchanged_looks_into_dicts_and_at_keywords(own):
    with pytest.raises(AssertionError, match=r"^options was modified"):
        unchanged(own.storing, x(), {})
    with pytest.raises(AssertionError, match=r"^options was modified"):
        unchanged(own.storing, x(), options={})


def test_unchanged_reports_the_error_unless_it_may_raise(own):
    with pytest.raises(StudentError, match="ZeroDivisionError"):
        unchanged(own.raising, x(), {})
    assert unchanged(own.refusing, x(), {}, may_raise=True) is None


def test_unchanged_looks_also_where_it_raised(own):
    with pytest.raises(AssertionError, match=r"^x was modified"):
        unchanged(own.raising, x(), {}, may_raise=True)


def test_a_stub_is_never_excused(own):
    with pytest.raises(StudentError, match="NotImplementedError"):
        unchanged(own.stub, x(), {}, may_raise=True)
    with pytest.raises(StudentError, match="NotImplementedError"):
        refuses(RuntimeError, own.stub, x(), {})


@pytest.mark.parametrize("before", [[1e300, 1.0], [2**60, 1], [2**60, 2**60]])
def test_unchanged_notices_the_smallest_change(before):
    after = np.array(before)
    after[1] += 1
    assert not same(after, np.array(before), 0.0)


def test_a_generator_is_meant_to_be_used(own):
    assert unchanged(own.looking, np.random.default_rng(1)) == 1
    assert 0 <= unchanged(own.drawing, np.random.default_rng(1)) < 1


def test_refuses_wants_the_exception_or_a_kind_of_it(own):
    refuses(ZeroDivisionError, own.raising, x(), {})
    refuses(ArithmeticError, own.raising, x(), {})
    refuses(ValueError, own.refusing, x(), {})


def test_refuses_shows_another_exception_as_it_is(own):
    with pytest.raises(StudentError, match="ZeroDivisionError: so it goes"):
        refuses(ValueError, own.raising, x(), {})


def test_refuses_says_what_was_returned_instead(own):
    with pytest.raises(AssertionError, match=r"^returned float64 3 where .* ValueError\."):
        refuses(ValueError, own.pure, np.ones(3), {})
