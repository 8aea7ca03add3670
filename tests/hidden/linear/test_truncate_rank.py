"""Hidden tests of truncate_rank: the theorem of Eckart and Young, and its two ends."""

import numpy as np

from autograder.suite import agree, points, unchanged


@points(0.75)
def test_closest(student, rng):
    """comes as close to W as a matrix of rank r can: what it misses is the tail of the spectrum"""
    for shape, r in [((6, 4), 2), ((3, 7), 1)]:
        W = rng.standard_normal(shape)
        closest = student.truncate_rank(W, r)
        agree(closest, W, tol=np.inf)  # shape, type and finiteness
        tail = np.linalg.svd(W, compute_uv=False)[r:]
        agree(np.linalg.norm(W - closest), np.linalg.norm(tail), "the distance from W")
        rank = int(np.linalg.matrix_rank(closest, tol=1e-5))
        assert rank <= r, f"the result has rank {rank}, expected at most {r}."


@points(0.25)
def test_shape_and_rank(student, rng):
    """returns a matrix of the shape of W and of rank r"""
    W = rng.standard_normal((4, 6))
    closest = student.truncate_rank(W, 3)
    agree(closest, W, tol=np.inf)  # shape, type and finiteness
    agree(int(np.linalg.matrix_rank(closest, tol=1e-5)), 3, "its rank")


@points(0.5)
def test_large_r(student, rng):
    """returns W if r is at least its rank, also if r exceeds its sides"""
    W = rng.standard_normal((5, 3)) @ rng.standard_normal((3, 4))
    for r in (3, 4, 9):
        agree(student.truncate_rank(W, r), W)
    closest = student.truncate_rank(W, 1)
    agree(closest, W, tol=np.inf)
    assert not np.allclose(closest, W), "the result is W, which has rank 3, for r = 1 as well."


@points(0.25)
def test_rank_zero(student, rng):
    """returns zeros for r = 0"""
    W = rng.standard_normal((3, 5))
    agree(student.truncate_rank(W, 0), np.zeros((3, 5)))
    closest = student.truncate_rank(W, 2)
    agree(closest, W, tol=np.inf)
    assert np.any(closest), "the result is zero for r = 2 as well."


@points(0.25)
def test_argument_unchanged(student, rng):
    """leaves W as it was"""
    unchanged(student.truncate_rank, rng.standard_normal((4, 5)), 2)
    # With equal singular values any of them may stay: which ones has cost its own points.
    Q = np.linalg.qr(rng.standard_normal((4, 4)))[0]
    closest = student.truncate_rank(Q, 2)
    agree(closest, Q, tol=np.inf)
    part = Q.T @ closest
    agree(part @ part, part, "the square of the projection Q.T @ result")
    assert 0.5 < part.trace() < 3.5, f"the result has rank {part.trace():.0f}, expected 2."
