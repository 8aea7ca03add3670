"""What the hidden tests of attention share: masks, what every pass keeps to, gradients one by one.

Values have to agree to 1e-6 and gradients to 1e-4: a softmax with 1e-8 in its denominator passes.
"""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, unchanged

GRADIENT_TOL = 1e-4
GRADIENTS = {
    "attention": ["dQ", "dK", "dV"],
    "self_attention": ["dX", "dWq", "dWk", "dWv"],
    "multihead": ["dX", "dWq", "dWk", "dWv", "dWo"],
}


@pytest.fixture
def draw(rng):
    """Draws arrays of these shapes."""
    return lambda *shapes: [rng.standard_normal(shape) for shape in shapes]


@pytest.fixture
def some(rng):
    """Draws a mask of some shape that lets every query attend to one key at least, not to all."""

    def mask(*shape):
        allowed, order = rng.random(shape) < 0.5, rng.random(shape).argsort(axis=-1)
        return (allowed | (order == 0)) & (order != 1)

    return mask


@pytest.fixture
def causal():
    """The mask that keeps a query from looking ahead."""
    return lambda n: np.tri(n, dtype=bool)


@pytest.fixture
def check_means(rng):
    """Checks that outputs are weighted means of the values, whatever the weights are.

    `call` gets the values, of so many features, and gives the student's out for them.
    """

    def check(call, queries, keys, features):
        V = rng.standard_normal((keys, features))
        out = call(V)
        agree(out, np.zeros((queries, features)), "out", tol=np.inf)
        slack = 1e-6 * np.abs(V).max()
        if (out < V.min(axis=0) - slack).any() or (out > V.max(axis=0) + slack).any():
            fail("out leaves the range of the values: it is no weighted mean of them.")
        same = np.tile(rng.uniform(1, 2, features), (keys, 1))
        agree(call(same), same[0] + np.zeros((queries, 1)), "out, where all values are the same,")

    return check


@pytest.fixture
def backward(request, student, reference):
    """The backward pass that the test file is about."""
    layer = request.path.stem.removeprefix("test_").removesuffix("_backward")
    return Backward(student, reference, layer)


class Backward:
    """A backward pass, the student's beside the reference's."""

    def __init__(self, student, reference, layer):
        self.names = GRADIENTS[layer]
        self.layer = layer
        self.forward = getattr(student, f"{layer}_forward")
        self.backward = getattr(student, f"{layer}_backward")
        self.reference = reference

    def cache(self, *args):
        """The cache of the student's forward pass."""
        _, cache = self.forward(*args)
        return cache

    def expected(self, dout, *args):
        """The reference's gradients."""
        cache = getattr(self.reference, f"{self.layer}_forward")(*args)[1]
        return getattr(self.reference, f"{self.layer}_backward")(dout, cache)

    def dout(self, rng, *args):
        """A random gradient with respect to out."""
        out, _ = getattr(self.reference, f"{self.layer}_forward")(*args)
        return rng.standard_normal(out.shape)

    def check(self, name, dout, *args):
        """Compare one of the gradients."""
        gradients = self.gradients(dout, self.cache(*args))
        at = self.names.index(name)
        agree(gradients[at], self.expected(dout, *args)[at], name, tol=GRADIENT_TOL)

    def check_own_cache(self, dout, args, others):
        """Compare with the student's own answers, when other calls come in between."""
        cache, other = self.cache(*args), self.cache(*others)
        first, later = self.gradients(dout, cache), self.gradients(dout, other)
        alone = self.gradients(dout, self.cache(*args))
        self.check_alike(first, alone, "with another forward pass in between")
        self.check_alike(self.gradients(dout, cache), first, "in a second call with one cache")
        self.check_alive(first, dout, *args)
        if agrees(later, first):
            fail("two caches of different arguments give the same gradients.")

    def check_alike(self, mine, right, when):
        """Compare two answers of the student's."""
        for name, gradient, other in zip(self.names, mine, right, strict=True):
            agree(gradient, other, f"{name} {when}", tol=GRADIENT_TOL)

    def check_large(self, dout, Q, K, V, mask):
        """Compare with the student's own answers where neither logits nor dout are large."""
        masked = self.gradients(dout, self.cache(Q, K, V, mask))
        below = self.gradients(dout, self.cache(Q, K - 3e9, V, mask))
        self.check_alike(below, masked, "for K - 3e9, which changes no weight, under a mask")
        plain = self.gradients(dout, self.cache(Q, K, V))
        moved = self.gradients(dout, self.cache(Q, K + 1e4, V))
        more = self.gradients(1e4 * dout, self.cache(Q, K, V))
        self.check_alike(moved, plain, "for K + 1e4, which changes no weight,")
        self.check_alike(more, [times(1e4, gradient) for gradient in plain], "for 1e4 dout")
        self.check_alive(plain, dout, Q, K, V)

    def check_dout_unchanged(self, dout, *args):
        """Look at dout afterwards."""
        gradients = unchanged(self.backward, dout, self.cache(*args))
        self.check_alive(self.in_form(gradients), dout, *args)

    def gradients(self, dout, cache):
        """The student's gradients."""
        return self.in_form(self.backward(dout, cache))

    def in_form(self, gradients):
        """As many as there should be, if comparing them costs little."""
        if not isinstance(gradients, list | tuple) or len(gradients) != len(self.names):
            agree(gradients, [0.0] * len(self.names))
        for name, gradient in zip(self.names, gradients, strict=True):
            if isinstance(gradient, np.ndarray) and gradient.size > 10_000:
                fail(f"{name} has shape {gradient.shape}, far too many entries.")
        return gradients

    def check_alive(self, gradients, dout, *args):
        """One gradient, up to a factor and in any place: other mistakes have cost their points."""
        right = [unit(gradient) for gradient in self.expected(dout, *args)]
        if not any(agrees(unit(mine), good) for mine in gradients for good in right):
            fail(f"none of {', '.join(self.names)} is right, not even up to a factor.")


def is_numbers(values):
    """Whether one can compute with the values."""
    return isinstance(values, np.ndarray) and values.dtype.kind in "fiu"


def times(factor, values):
    """The values with a factor; what is no array of numbers stays as it is."""
    return factor * values if is_numbers(values) else values


def unit(values):
    """An array of length 1; what is no array of numbers, or all 0, stays as it is."""
    if not is_numbers(values) or not values.any():
        return values
    values = values / np.abs(values).max()
    return values / np.linalg.norm(values)
