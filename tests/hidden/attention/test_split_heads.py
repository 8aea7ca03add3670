"""Hidden tests of split_heads."""

import numpy as np

from autograder.suite import agree, points, refuses, unchanged


def expected(X, h):
    """Head by head."""
    return np.stack(np.split(X, h, axis=2), axis=1)


@points(0.75)
def test_blocks(student, draw):
    """gives head k the consecutive block k of the features"""
    for (X,), h in [(draw((2, 5, 12)), 3), (draw((4, 3, 10)), 5)]:
        agree(student.split_heads(X, h), expected(X, h))


@points(0.25)
def test_extremes(student, draw):
    """serves one head, and as many as there are features"""
    (X,) = draw((3, 5, 4))
    for h in (1, 4):
        agree(student.split_heads(X, h), expected(X, h), f"the result for h = {h}")


@points(0.25)
def test_refuses(student, draw):
    """raises ValueError where the features can't be shared out"""
    refuses(ValueError, student.split_heads, *draw((2, 6, 10)), 4)
    refuses(ValueError, student.split_heads, *draw((2, 5, 3)), 6)


@points(0.25)
def test_argument_unchanged(student, draw):
    """leaves X as it was"""
    (X,) = draw((1, 1, 6))
    agree(unchanged(student.split_heads, X, 1), X[:, None])
    unchanged(student.split_heads, *draw((2, 5, 6)), 3, may_raise=True)
