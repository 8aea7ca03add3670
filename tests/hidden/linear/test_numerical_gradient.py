"""Hidden tests of numerical_gradient: against gradients known in closed form."""

import itertools

import numpy as np

from autograder.suite import agree, points, refuses, unchanged

ONE = np.ones(1)


def at_shape(shape, f):
    """The function f, for real arrays of this shape alone: anything else could cost minutes."""

    def guarded(z):
        if not isinstance(z, np.ndarray) or z.shape != shape or z.dtype.kind not in "fiu":
            raise TypeError(f"f takes a float array of the shape of x, {shape}")
        return f(z)

    return guarded


def quadratic(rng, shape):
    """A random quadratic function of all entries of x, with one output, and its gradient."""
    size = int(np.prod(shape))
    A, c = rng.standard_normal((size, size)), rng.standard_normal(size)

    def f(z):
        return np.array([z.ravel() @ A @ z.ravel() + c @ z.ravel()])

    return at_shape(shape, f), lambda z: ((A + A.T) @ z.ravel() + c).reshape(shape)


def failing(shape, calls):
    """The exponential function, which raises a RuntimeError at its fourth call."""

    def f(z):
        if next(calls) == 4:
            raise RuntimeError("f has no value here")
        return np.exp(z)

    return at_shape(shape, f)


def has_direction(student):
    """Compare up to a factor and roughly: other mistakes have cost their points."""
    x = np.array([2.0, 0.5, 3.0, 1.0, 2.5, 1.5])
    gradient = student.numerical_gradient(at_shape(x.shape, lambda z: z**3), x, np.ones(6))
    agree(gradient, x, "the gradient", tol=np.inf)  # shape, type and finiteness
    scale = np.linalg.norm(gradient) or 1.0
    agree(np.abs(gradient) / scale, x**2 / np.linalg.norm(x**2), "its direction", tol=0.05)


@points(0.5)
def test_vector(student, rng):
    """finds the gradient of a quadratic function of a vector"""
    f, gradient = quadratic(rng, (5,))
    x = rng.standard_normal(5)
    agree(student.numerical_gradient(f, x, ONE), gradient(x), tol=1e-4)


@points(0.5)
def test_any_shape(student, rng):
    """finds the gradient of a quadratic function of a matrix and of an image batch"""
    for shape in [(4, 3), (2, 3, 1, 4)]:
        f, gradient = quadratic(rng, shape)
        x = rng.standard_normal(shape)
        agree(student.numerical_gradient(f, x, ONE), gradient(x), tol=1e-4)


@points(0.5)
def test_central(student, rng):
    """steps both ways: the error is far below that of a one-sided difference"""
    a, x = rng.uniform(0.5, 2, 6), rng.standard_normal(6)
    f = at_shape((6,), lambda z: np.array([np.exp(z) @ a]))
    answer = student.numerical_gradient(f, x, ONE)
    agree(answer, a * np.exp(x), tol=1e-8)


@points(0.25)
def test_step(student, rng):
    """uses the step h that it is given"""
    x = rng.uniform(1.5, 3, 4)
    f = at_shape((4,), lambda z: np.array([(z**3).sum()]))
    answer = student.numerical_gradient(f, x, ONE, h=0.25)
    agree(answer, 3 * x**2 + 0.25**2)


@points(0.5)
def test_dout(student, rng):
    """weighs every output with its entry of dout"""
    x, dout = rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    sine = at_shape((3, 4), np.sin)
    agree(student.numerical_gradient(sine, x, dout), np.cos(x) * dout, tol=1e-4)


@points(0.5)
def test_other_shape(student, rng):
    """finds the gradient when f(x) has another shape than x"""
    x, M, dout = (rng.standard_normal(shape) for shape in [(3, 2), (5, 3), (5, 2)])
    f = at_shape((3, 2), lambda z: np.tanh(M @ z))
    answer = student.numerical_gradient(f, x, dout)
    agree(answer, M.T @ (dout * (1 - np.tanh(M @ x) ** 2)), tol=1e-4)


@points(0.25)
def test_integers(student, rng):
    """treats integers as real numbers"""
    f, gradient = quadratic(rng, (2, 3))
    x = rng.integers(-5, 6, (2, 3))
    agree(student.numerical_gradient(f, x, ONE), gradient(x), tol=1e-4)


@points(0.25)
def test_single_precision(student, rng):
    """computes in double precision where x is float32"""
    f, gradient = quadratic(rng, (2, 3))
    x = rng.standard_normal((2, 3)).astype(np.float32)
    agree(student.numerical_gradient(f, x, ONE), gradient(x.astype(float)), tol=1e-4)


@points(0.5)
def test_arguments_unchanged(student, rng):
    """leaves x and dout exactly as they were"""
    x, dout = rng.standard_normal((4, 5)), rng.standard_normal((4, 5))
    unchanged(student.numerical_gradient, at_shape((4, 5), np.exp), x, dout)
    has_direction(student)


@points(0.125)
def test_unchanged_when_f_raises(student, rng):
    """leaves x as it was when f raises an exception"""
    x, dout, calls = rng.standard_normal((3, 4)), rng.standard_normal((3, 4)), itertools.count(1)
    unchanged(student.numerical_gradient, failing((3, 4), calls), x, dout, may_raise=True)
    assert next(calls) > 4, "f was called less than four times for 12 entries of x."
    has_direction(student)


@points(0.125)
def test_exception_of_f(student, rng):
    """lets an exception that f raises reach the caller"""
    x, dout, calls = rng.standard_normal((3, 4)), rng.standard_normal((3, 4)), itertools.count(1)
    refuses(RuntimeError, student.numerical_gradient, failing((3, 4), calls), x, dout)
    assert next(calls) > 4, "f was called less than four times for 12 entries of x."
    has_direction(student)
