"""Hidden tests of orthogonal_kind: beside each near miss a rotation, so that no constant passes."""

import numpy as np

from autograder.suite import agree, fail, points, unchanged


def orthogonal(rng, n, det=1):
    """A random orthogonal matrix of this determinant."""
    Q = np.linalg.qr(rng.standard_normal((n, n)))[0]
    if np.linalg.det(Q) * det < 0:
        Q[:, 0] *= -1
    return Q


def is_orthogonal(kind, what="a rotation"):
    """Whether it is one with determinant 1 or -1 is the business of test_determinant."""
    if not (isinstance(kind, str) and kind in ("rotation", "reflection")):
        fail(f"{what} is not recognised as orthogonal.")


def tells_apart(student, rotation, other):
    """Compare both kinds, four times: guessing does not pay."""
    kinds = [student.orthogonal_kind(Q) for Q in 4 * [rotation, other]]
    for kind, other_kind in zip(kinds[::2], kinds[1::2], strict=True):
        is_orthogonal(kind)
        agree(other_kind, "neither")


@points(0.25)
def test_determinant(student, rng):
    """tells rotations from reflections, in odd and in even dimensions"""
    sizes = [1] + 3 * [2, 3, 4, 5, 6, 7, 8]
    rotations = [student.orthogonal_kind(orthogonal(rng, n, 1)) for n in sizes]
    reflections = [student.orthogonal_kind(orthogonal(rng, n, -1)) for n in sizes]
    agree(rotations, ["rotation" for _ in sizes], "rotations")
    agree(reflections, ["reflection" for _ in sizes], "reflections")


@points(0.25)
def test_scaled(student, rng):
    """answers "neither" for a multiple of a rotation"""
    Q, factor = orthogonal(rng, 3), rng.uniform(1.1, 3)
    tells_apart(student, Q, factor * Q)
    tells_apart(student, Q, Q / factor)
    tells_apart(student, Q, Q * (1 + 2e-6))


@points(0.25)
def test_shear(student, rng):
    """answers "neither" for a matrix that keeps volumes but not angles"""
    Q, shear = orthogonal(rng, 3), np.eye(3)
    shear[0, 2] = rng.uniform(0.5, 2)
    tells_apart(student, Q, Q @ shear)


@points(0.25)
def test_unit_columns(student, rng):
    """answers "neither" if the columns have length 1 but are not perpendicular"""
    Q, W = orthogonal(rng, 4), rng.standard_normal((4, 4))
    tells_apart(student, Q, W / np.linalg.norm(W, axis=0))


@points(0.25)
def test_rectangular(student, rng):
    """answers "neither" for what is not square, even with orthonormal columns or rows"""
    Q = orthogonal(rng, 4)
    tells_apart(student, Q, Q[:, :3])
    tells_apart(student, Q, Q[:2])


@points(0.25)
def test_tolerance(student, rng):
    """goes by tol: a slightly bent rotation passes with a large one only"""
    for n in (3, 4, 5, 6):
        bent = orthogonal(rng, n) @ np.diag([1 + 1e-4, 1 - 2e-4] + (n - 2) * [1 + 1e-4])
        strict, lenient = student.orthogonal_kind(bent), student.orthogonal_kind(bent, tol=1e-2)
        agree(strict, "neither")
        is_orthogonal(lenient, "with tol=0.01 the slightly bent rotation")
        # Off by 0.007, in Q^T Q as in Q Q^T: too far for one tol, near enough for the other.
        turned = rng.permutation(np.eye(n)) * rng.choice([-1.0, 1.0], n)
        bent = turned * (1 + 0.0035 * np.array([1, -1, 1, -1, 1, -1])[:n])
        strict, lenient = (student.orthogonal_kind(bent, tol=tol) for tol in (5e-3, 1e-2))
        agree(strict, "neither")
        is_orthogonal(lenient, "with tol=0.01 a matrix whose Q^T Q is off by 0.007")


@points(0.25)
def test_sign_of_determinant(student, rng):
    """goes by the sign of the determinant where a large tol lets much else pass"""
    for n, kind in ((4, "rotation"), (4, "reflection"), (5, "rotation"), (5, "reflection")):
        Q = 0.8 * orthogonal(rng, n, 1 if kind == "rotation" else -1)
        agree(student.orthogonal_kind(Q, tol=0.5), kind)


@points(0.25)
def test_argument_unchanged(student, rng):
    """leaves Q as it was"""
    unchanged(student.orthogonal_kind, orthogonal(rng, 4))
    unchanged(student.orthogonal_kind, rng.standard_normal((3, 3)))
    # Clear cases: nothing to round, and nothing that looks orthogonal in one way or another.
    tells_apart(student, rng.permutation(np.eye(4)), rng.uniform(1, 2, (3, 3)))
