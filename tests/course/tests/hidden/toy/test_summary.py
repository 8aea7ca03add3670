"""Hidden tests of summary."""

import numpy as np
import pytest

from autograder.suite import agree, entry, points, refuses


@points(1)
@pytest.mark.parametrize("key", ["count", "mean"])
def test_entries(student, reference, rng, key):
    """counts and averages"""
    x = rng.standard_normal(7)
    agree(entry(student.summary(x), key), reference.summary(x)[key], key)


@points(1)
def test_nothing(student):
    """raises ValueError where there is nothing to average"""
    refuses(ValueError, student.summary, np.zeros(0))
