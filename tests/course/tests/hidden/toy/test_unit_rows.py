"""Hidden tests of unit_rows."""

from autograder.suite import agree, points, unchanged


@points(1.5)
def test_rows(student, reference, rng):
    """divides every row by its length"""
    x = rng.standard_normal((4, 3))
    agree(student.unit_rows(x), reference.unit_rows(x), "rows")


@points(0.5)
def test_purity(student, rng):
    """leaves x as it was"""
    unchanged(student.unit_rows, rng.standard_normal((4, 3)))
