"""Hidden tests of merge_heads."""

import numpy as np

from autograder.suite import agree, points, unchanged


@points(0.75)
def test_side_by_side(student, draw):
    """puts the heads of every token side by side, in order"""
    for (X,) in (draw((2, 3, 5, 4)), draw((4, 5, 3, 2))):
        agree(student.merge_heads(X), np.concatenate(list(X.transpose(1, 0, 2, 3)), axis=2))


@points(0.5)
def test_inverts_split(student, rng, draw):
    """puts together what was cut into heads"""
    for h in (1, 2, 6, 12):
        n = int(rng.integers(3, 8))
        (X,) = draw((2, n, 12))
        agree(student.merge_heads(np.stack(np.split(X, h, axis=2), axis=1)), X, f"for h = {h}, X")


@points(0.25)
def test_argument_unchanged(student, draw):
    """leaves X as it was"""
    (X,) = draw((1, 1, 1, 6))
    agree(unchanged(student.merge_heads, X), X[0])
    unchanged(student.merge_heads, *draw((2, 3, 5, 4)), may_raise=True)
