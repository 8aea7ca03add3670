"""What the hidden tests of the layers share: how inputs are drawn, and what holds for each pass."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, unchanged


def unit(values):
    """An array of length 1; what is no array of numbers, or all 0, stays as it is."""
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "fiu" or not values.any():
        return values
    values = values / np.abs(values).max()
    return values / np.linalg.norm(values)


@pytest.fixture
def features(rng):
    """Draws values whose means are not 0 and whose variances are not 1, however they are sliced."""
    return lambda *shape: 0.8 + 2 * rng.standard_normal(shape)


@pytest.fixture
def draw(rng, features):
    """Draws x of some shape, and gamma and beta for so many features."""

    def args(shape, count):
        gamma = rng.uniform(0.5, 2, count) * rng.choice([-1, 1], count)
        return features(*shape), gamma, rng.standard_normal(count)

    return args


@pytest.fixture
def balanced(rng):
    """Draws as many 1 as -1 along the last axis: normalised, but for eps, it is what it was."""

    def args(*shape):
        return rng.permuted(np.resize([1.0, -1.0], shape), axis=-1)

    return args


@pytest.fixture
def check_affine(draw):
    """Checks gamma and beta beside the student's own normalised values."""

    def check(function, shape, count, *config):
        x, gamma, beta = draw(shape, count)
        plain = function(x, np.ones(count), np.zeros(count), *config)[0]
        out = function(x, gamma, beta, *config)[0]
        agree(plain, x, "out", tol=np.inf)  # shape, type and finiteness
        if not plain.any():
            fail("out is all 0 if gamma is 1 and beta is 0.")
        wide = (-1,) + (1,) * (x.ndim - 2) if function.__name__ != "layernorm_forward" else (-1,)
        agree(out, gamma.reshape(wide) * plain + beta.reshape(wide), "out")

    return check


@pytest.fixture
def check_mates(draw):
    """Checks that an example comes out of a batch as it comes out alone."""

    def check(function, shape, count, *config):
        x, gamma, beta = draw(shape, count)
        together = function(x, gamma, beta, *config)[0]
        alone = function(x[1:2], gamma, beta, *config)[0]
        agree(together, x, "out", tol=np.inf)  # shape, type and finiteness
        agree(alone, together[1:2], "out of a batch of one")
        if agrees(together[0], together[1]):
            fail("two different examples come out the same.")

    return check


@pytest.fixture
def check_unchanged(draw, balanced):
    """Checks that a forward pass leaves its arguments alone, and does something at all."""

    def check(function, shape, count, *config):
        unchanged(function, *draw(shape, count), *config, may_raise=True)
        x = balanced(*shape)
        out = function(x, np.ones(count), np.zeros(count), *config)[0]
        agree(out, x, "out", tol=np.inf)  # shape, type and finiteness
        agree(unit(out), unit(x), "out, up to a factor,")

    return check


@pytest.fixture
def backward(request, student, reference):
    """The backward pass that the test file is about."""
    layer = request.path.stem.removeprefix("test_").removesuffix("_backward")
    return Backward(student, reference, layer)


class Backward:
    """A layer's backward pass, the student's beside the reference's."""

    def __init__(self, student, reference, layer):
        self.layer = layer
        self.forward = getattr(student, f"{layer}_forward")
        self.backward = getattr(student, f"{layer}_backward")
        self.reference = reference

    def cache(self, *args):
        """The cache of the student's forward pass."""
        _, cache, *_ = self.forward(*args)
        return cache

    def expected(self, dout, *args):
        """The reference's gradients."""
        cache = getattr(self.reference, f"{self.layer}_forward")(*args)[1]
        return getattr(self.reference, f"{self.layer}_backward")(dout, cache)

    def check(self, gradient, dout, *args):
        """Compare one of the three gradients."""
        dx, dgamma, dbeta = self.backward(dout, self.cache(*args))
        position = ["dx", "dgamma", "dbeta"].index(gradient)
        agree((dx, dgamma, dbeta)[position], self.expected(dout, *args)[position], gradient)

    def check_own_cache(self, dout, args, others):
        """Compare with the student's own answer, when another forward pass comes in between."""
        cache, other = self.cache(*args), self.cache(*others)
        late, later = self.gradients(dout, cache), self.gradients(dout, other)
        agree(late, self.gradients(dout, self.cache(*args)), "(dx, dgamma, dbeta)")
        self.check_alive(late, dout, *args)
        if agrees(later, late):
            fail("two caches of different x and gamma give the same gradients.")

    def check_twice(self, dout, *args):
        """Ask twice with one cache."""
        cache = self.cache(*args)
        first = self.gradients(dout, cache)
        agree(self.gradients(dout, cache), first, "the second answer")
        self.check_alive(first, dout, *args)

    def check_dout_unchanged(self, dout, *args):
        """Look at dout afterwards."""
        gradients = unchanged(self.backward, dout, self.cache(*args))
        self.check_alive(gradients, dout, *args)

    def gradients(self, dout, cache):
        """The student's gradients, if comparing them costs little."""
        dx, dgamma, dbeta = self.backward(dout, cache)
        for name, gradient in {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}.items():
            if isinstance(gradient, np.ndarray) and gradient.size > 10_000:
                fail(f"{name} has shape {gradient.shape}, far more entries than x.")
        return dx, dgamma, dbeta

    def check_alive(self, gradients, dout, *args):
        """One gradient, up to a factor and in any place: other mistakes have cost their points."""
        dx, dgamma, dbeta = gradients
        right = [unit(gradient) for gradient in self.expected(dout, *args)]
        if not any(agrees(unit(mine), good) for mine in (dx, dgamma, dbeta) for good in right):
            fail("none of dx, dgamma and dbeta is right, not even up to a factor.")
