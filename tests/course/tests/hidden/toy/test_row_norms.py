"""Hidden tests of row_norms."""

import pytest

from autograder.suite import agree, points


@points(1)
@pytest.mark.parametrize("width", [3, 4])
def test_lengths(student, reference, rng, width):
    """gives the length of every row"""
    x = rng.standard_normal((5, width))
    agree(student.row_norms(x), reference.row_norms(x), "norms")
