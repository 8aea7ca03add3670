"""Hidden tests of numerical_gradient: against gradients known in closed form."""

import itertools

import numpy as np

from autograder.suite import agree, points, unchanged

ONE = np.ones(1)


def quadratic(rng, shape):
    """A random quadratic function of all entries of x, with one output, and its gradient."""
    size = int(np.prod(shape))
    A, c = rng.standard_normal((size, size)), rng.standard_normal(size)

    def f(z):
        return np.array([z.ravel() @ A @ z.ravel() + c @ z.ravel()])

    return f, lambda z: ((A + A.T) @ z.ravel() + c).reshape(shape)


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
    answer = student.numerical_gradient(lambda z: np.array([np.exp(z) @ a]), x, ONE)
    agree(answer, a * np.exp(x), tol=1e-8)


@points(0.25)
def test_step(student, rng):
    """uses the step h that it is given"""
    x = rng.uniform(1.5, 3, 4)
    answer = student.numerical_gradient(lambda z: np.array([(z**3).sum()]), x, ONE, h=0.25)
    agree(answer, 3 * x**2 + 0.25**2)


@points(0.5)
def test_dout(student, rng):
    """weighs every output with its entry of dout"""
    x, dout = rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    agree(student.numerical_gradient(np.sin, x, dout), np.cos(x) * dout, tol=1e-4)


@points(0.5)
def test_other_shape(student, rng):
    """finds the gradient when f(x) has another shape than x"""
    x, M, dout = (rng.standard_normal(shape) for shape in [(3, 2), (5, 3), (5, 2)])
    answer = student.numerical_gradient(lambda z: np.tanh(M @ z), x, dout)
    agree(answer, M.T @ (dout * (1 - np.tanh(M @ x) ** 2)), tol=1e-4)


@points(0.5)
def test_integers(student, rng):
    """treats integers as real numbers"""
    f, gradient = quadratic(rng, (2, 3))
    x = rng.integers(-5, 6, (2, 3))
    agree(student.numerical_gradient(f, x, ONE), gradient(x), tol=1e-4)


@points(0.5)
def test_arguments_unchanged(student, rng):
    """leaves x and dout exactly as they were"""
    x, dout = rng.standard_normal((4, 5)), rng.standard_normal((4, 5))
    gradient = unchanged(student.numerical_gradient, np.exp, x, dout)
    assert np.any(gradient), "the gradient is zero."


@points(0.25)
def test_unchanged_when_f_raises(student, rng):
    """leaves x as it was when f raises an exception"""
    x, dout = rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    calls = itertools.count(1)

    def f(z):
        if next(calls) == 4:
            raise ArithmeticError("f has no value here")
        return np.exp(z)

    unchanged(student.numerical_gradient, f, x, dout, may_raise=True)
    assert next(calls) > 4, "f was called less than four times for 12 entries of x."
