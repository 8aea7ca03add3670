"""Hidden tests of scale_forward."""

from autograder.suite import agree, points, unchanged


@points(2)
def test_columns(student, reference, rng):
    """multiplies every column by its factor"""
    x, k = rng.standard_normal((5, 3)), rng.standard_normal(3)
    out, _ = student.scale_forward(x, k)
    agree(out, reference.scale_forward(x, k)[0], "out")


@points(1)
def test_purity(student, rng):
    """leaves x and k as they were"""
    unchanged(student.scale_forward, rng.standard_normal((4, 3)), rng.standard_normal(3))
