"""Hidden tests of row_norms."""

import numpy as np
import pytest

from autograder.suite import agree, points


@points(0.5)
@pytest.mark.parametrize("width", [3, 4])
def test_lengths(student, reference, rng, width):
    """gives the length of every row"""
    x = rng.standard_normal((5, width))
    agree(student.row_norms(x), reference.row_norms(x), "norms")


@points(1)
def test_form(student, rng):
    """gives one number for every row"""
    agree(student.row_norms(rng.standard_normal((5, 2))), np.ones(5), "norms", tol=np.inf)
