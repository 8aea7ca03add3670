"""Hidden tests of lsuv: each layer on what the student's own layers before it hand on."""

import numpy as np
import pytest

from autograder.suite import agree, fail, points, unchanged

WIDTHS = (7, 12, 12, 5)


@pytest.fixture
def x(rng):
    """A batch whose features have different means and spreads."""
    return rng.uniform(-2, 2, WIDTHS[0]) + rng.standard_normal((60, 7)) @ rng.uniform(-2, 2, (7, 7))


@pytest.fixture
def given(rng):
    """The matrices of a network: wider, square, narrower."""
    shapes = zip(WIDTHS[1:], WIDTHS[:-1], strict=True)
    return [rng.uniform(0.2, 3) * rng.standard_normal(shape) for shape in shapes]


def relu(z):
    return np.maximum(z, 0)


def bent(z):
    return np.tanh(2 * z + 1)


def in_form(new, given):
    """The student's matrices, if there is one of the right shape for each layer."""
    agree(new, given, "the result", tol=np.inf)
    return new


def check_variance(h, W, layer, tol=1e-3):
    """Check the pre-activations of one layer; gives them back."""
    z = h @ W.T
    if not abs(z.var() - 1) <= tol * (1 + 1e-6) + 1e-12:
        fail(
            f"the pre-activations of layer {layer} have variance {z.var():.8g},"
            f" expected 1 within {tol:g}."
        )
    return z


@points(1)
def test_first_layer(student, rng, x, given):
    """gives the pre-activations of the first layer variance 1"""
    for phi in (relu, bent):
        new = in_form(student.lsuv(given, x, phi, rng.spawn(1)[0]), given)
        check_variance(x, new[0], 1)


@points(1.5)
def test_later_layers(student, rng, x, given):
    """gives those of the layers behind it variance 1"""
    for phi in (relu, bent):
        h = x
        new = in_form(student.lsuv(given, x, phi, rng.spawn(1)[0]), given)
        for layer, W in enumerate(new, start=1):
            z = h @ W.T if layer == 1 else check_variance(h, W, layer)
            h = phi(z)


@points(1)
def test_orthogonal(student, rng, x, given):
    """makes every matrix a multiple of an orthogonal one"""
    new = in_form(student.lsuv(given, x, relu, rng.spawn(1)[0]), given)
    for layer, W in enumerate(new, start=1):
        gram = W @ W.T if W.shape[0] <= W.shape[1] else W.T @ W
        size = len(gram)
        if not np.trace(gram) > 0:
            fail(f"the matrix of layer {layer} is zero.")
        agree(gram / (np.trace(gram) / size), np.eye(size), f"W W^T or W^T W of layer {layer}")


@points(0.5)
def test_only_shapes(student, rng, x, given, repeats):
    """starts anew, whatever the given matrices hold"""
    seed = rng.integers(2**32, size=4)
    zeros = [np.zeros(W.shape) for W in given]
    new, _ = repeats(
        lambda generator: student.lsuv.answer(given, x, bent, generator),
        seed,
        lambda new: in_form(new, given),
    )
    again = student.lsuv(zeros, x, bent, np.random.default_rng(seed))
    agree(again, new, "the result for other given matrices of the same shapes")
    if not all(np.any(W) for W in new):
        fail("a matrix is zero.")


@points(0.25)
def test_tol(student, rng):
    """goes by tol, also where the variance is almost 1 before, and needs no second division"""
    size, gap = 6, rng.uniform(5e-4, 8e-4)
    given = [rng.standard_normal((size, size))]
    cases = [(gap, {"tol": 1e-5}), (gap, {"tol": 1e-8}), (gap, {"tol": 0.7 * gap}), (2.5 * gap, {})]
    for off, config in [*cases, (1.0, {"max_iter": 1})]:
        # Centred and equally spread in all directions: any orthogonal matrix keeps this variance.
        x = np.sqrt(size * (1 + off)) * np.vstack([np.eye(size), -np.eye(size)])
        new = in_form(student.lsuv(given, x, relu, rng.spawn(1)[0], **config), given)
        check_variance(x, new[0], 1, config.get("tol", 1e-3))


@points(0.5)
def test_arguments_unchanged(student, rng, x, given):
    """leaves the given matrices and x as they were"""
    new = unchanged(student.lsuv, given, x, bent, rng.spawn(1)[0])
    in_form(new, given)
    check_not_given(new, given)


def check_not_given(new, given):
    """New weights, not the given ones: otherwise there would be nothing to protect."""
    if any(np.array_equal(W, old) or not np.any(W) for W, old in zip(new, given, strict=True)):
        fail("the matrices are the given ones, or zero.")


@points(0.25)
def test_generator(student, rng, x, given, goes_by_rng):
    """draws from the given generator only, and draws for every layer"""
    goes_by_rng(lambda generator: student.lsuv.answer(given, x, bent, generator))
    square = [np.ones((7, 7)), np.ones((7, 7))]
    new = in_form(student.lsuv(square, x, bent, rng.spawn(1)[0]), square)
    first, second = (W / np.linalg.norm(W) for W in new)
    if np.allclose(first, second):
        fail("two layers of the same shape start from the same matrix.")
