"""A right helper answers what the reference has asked in a test, and nothing else."""

import numpy as np
import pytest

from autograder.suite.helpers import OnRecord


def draw(shape, rng, gain=1.0):
    return gain * rng.standard_normal(shape)


@pytest.fixture
def record():
    return OnRecord(draw, [([(2, 3), 1.0], "one"), ([(2, 3), 1.0], "another"), ([(4,), 2.0], "x")])


def test_the_same_question_gets_the_same_answer(record):
    assert record((4,), np.random.default_rng(0), gain=2.0) == "x"
    assert record((4,), np.random.default_rng(1), 2.0) == "x"


def test_random_numbers_that_are_asked_for_again_are_others(record):
    rng = np.random.default_rng(0)
    assert [record((2, 3), rng) for _ in range(3)] == ["one", "another", "one"]


def test_what_the_reference_has_not_asked_is_not_on_record(record):
    with pytest.raises(LookupError):
        record((3, 2), np.random.default_rng(0))
