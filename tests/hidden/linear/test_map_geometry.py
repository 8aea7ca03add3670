"""Hidden tests of map_geometry: each entry by itself, on matrices built to a known rank."""

import numpy as np

from autograder.suite import agree, entry, points, unchanged


def with_singular_values(rng, d_out, d_in, s):
    """A random matrix with these non-zero singular values."""
    U = np.linalg.qr(rng.standard_normal((d_out, len(s))))[0]
    V = np.linalg.qr(rng.standard_normal((d_in, len(s))))[0]
    return (U * s) @ V.T


def of_rank(rng, d_out, d_in, rank):
    """A random, well-conditioned matrix of this rank."""
    return with_singular_values(rng, d_out, d_in, rng.uniform(0.5, 4, rank))


def spans_range(basis, expected):
    """Compare the subspaces; which orthonormal basis of it was chosen is free."""
    agree(basis, expected, "column_basis", tol=np.inf)  # shape, type and finiteness
    agree(basis.T @ basis, np.eye(expected.shape[1]), "column_basis.T @ column_basis")
    agree(basis @ basis.T, expected @ expected.T, "the projection onto the span of column_basis")


@points(0.75)
def test_rank(student, rng):
    """finds the rank of tall and of wide matrices, full or not"""
    for d_out, d_in, rank in [(7, 4, 2), (4, 7, 3), (6, 3, 3), (1, 5, 1)]:
        geometry = student.map_geometry(of_rank(rng, d_out, d_in, rank))
        agree(entry(geometry, "rank"), rank, "rank")


@points(0.5)
def test_rank_at_any_scale(student, rng):
    """finds the same rank, and as large a basis, whether the entries of W are tiny or huge"""
    W = of_rank(rng, 6, 5, 3)
    tiny, huge = student.map_geometry(1e-12 * W), student.map_geometry(1e8 * W)
    agree(entry(tiny, "rank"), 3, "the rank of 1e-12 W")
    agree(entry(huge, "rank"), 3, "the rank of 1e8 W")
    basis = entry(tiny, "column_basis")
    agree(basis, np.zeros((6, 3)), "column_basis of 1e-12 W", tol=np.inf)


@points(0.25)
def test_tolerance(student, rng):
    """counts the singular values above tol times the largest, and goes by that everywhere"""
    W = with_singular_values(rng, 5, 4, rng.uniform(1, 3) * np.array([1, 1e-3, 1e-8]))
    for tol, rank in [(1e-5, 2), (1e-2, 1), (1e-10, 3)]:
        geometry = student.map_geometry(W, tol=tol)
        agree(entry(geometry, "rank"), rank, f"rank with tol={tol:g}")
        agree(entry(geometry, "null_dim"), 4 - rank, f"null_dim with tol={tol:g}")
        basis = entry(geometry, "column_basis")
        agree(basis, np.zeros((5, rank)), f"column_basis with tol={tol:g}", tol=np.inf)
    agree(entry(student.map_geometry(W), "rank"), 3, "rank")
    W = with_singular_values(rng, 5, 4, rng.uniform(1, 3) * np.array([1, 1, 1, 1.5e-3]))
    for tol, rank in [(1e-3, 4), (2e-3, 3)]:
        agree(entry(student.map_geometry(W, tol=tol), "rank"), rank, f"rank with tol={tol:g}")


@points(0.5)
def test_null_dim(student, rng):
    """gives the null space the dimensions of the input that the rank leaves"""
    wide = student.map_geometry(of_rank(rng, 3, 7, 3))
    low = student.map_geometry(of_rank(rng, 6, 5, 2))
    agree(entry(wide, "null_dim"), 4, "null_dim")
    # By the student's own rank: a wrong rank has cost its points already.
    agree(entry(low, "null_dim"), 5 - int(entry(low, "rank")), "null_dim")


@points(0.5)
def test_column_basis(student, reference, rng):
    """gives an orthonormal basis of the range"""
    W = of_rank(rng, 7, 4, 4)
    basis = entry(student.map_geometry(W), "column_basis")
    spans_range(basis, reference.map_geometry(W)["column_basis"])


@points(0.5)
def test_column_basis_of_dependent_columns(student, reference, rng):
    """gives an orthonormal basis of the range when the first columns are zero or repeated"""
    W = of_rank(rng, 6, 5, 3)
    W = np.column_stack([np.zeros(6), W[:, 0], -2 * W[:, 0], W])
    basis = entry(student.map_geometry(W), "column_basis")
    spans_range(basis, reference.map_geometry(W)["column_basis"])


@points(0.5)
def test_singular_values(student, reference, rng):
    """gives all singular values, from the largest to the smallest"""
    for d_out, d_in, rank in [(5, 3, 3), (4, 6, 2)]:
        W = of_rank(rng, d_out, d_in, rank)
        s = entry(student.map_geometry(W), "singular_values")
        agree(s, reference.map_geometry(W)["singular_values"], "singular_values")


@points(0.25)
def test_zero_matrix(student, rng):
    """gives the zero matrix rank 0, an empty basis and a null space of all inputs"""
    geometry = student.map_geometry(np.zeros((4, 6)))
    other = student.map_geometry(of_rank(rng, 3, 5, 3))
    agree(entry(geometry, "rank"), 0, "rank")
    agree(entry(geometry, "null_dim"), 6, "null_dim")
    agree(entry(geometry, "column_basis"), np.zeros((4, 0)), "column_basis")
    agree(entry(geometry, "singular_values"), np.zeros(4), "singular_values")
    agree(entry(other, "rank"), 3, "the rank of another matrix")


@points(0.25)
def test_argument_unchanged(student, reference, rng):
    """leaves W as it was"""
    unchanged(student.map_geometry, of_rank(rng, 5, 4, 3))
    W = of_rank(rng, 5, 3, 3)
    geometry, expected = student.map_geometry(W), reference.map_geometry(W)
    # One of the two will do: what is wrong with the other has cost its own points.
    try:
        agree(entry(geometry, "singular_values"), expected["singular_values"], "singular_values")
    except AssertionError:
        spans_range(entry(geometry, "column_basis"), expected["column_basis"])
