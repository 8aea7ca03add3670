"""Hidden tests of compare_normalizers: every claim against what this student's sizes show."""

import numpy as np
import pytest

from autograder.suite import agree, entry, points

NORMS = ["BN", "LN", "IN", "GN"]
PROPERTIES = [
    "uses_batch",
    "works_N1",
    "same_in_eval",
    "invariant_to_scaling_one_example",
    "invariant_to_scaling_weights",
]
EPS = 1e-13


class Measured:
    """One normaliser, tried out on random images of one student's sizes."""

    def __init__(self, reference, norm, numbers, rng):
        self.reference, self.norm, self.numbers, self.rng = reference, norm, numbers, rng
        sides = [numbers[side] for side in ("n", "channels", "height", "width")]
        self.z = rng.standard_normal(sides)

    def __call__(self, z, train=True):
        """The outputs, 0 where there is only one value to take a variance of."""
        one, zero = np.ones(z.shape[1]), np.zeros(z.shape[1])
        if self.norm == "BN":
            state = {"mean": 0.3 + zero, "var": 2 * one}
            if train and z[:, 0].size == 1:
                return np.zeros(z.shape)
            return self.reference.batchnorm_forward(z, one, zero, state, train, eps=EPS)[0]
        return self.reference.groupnorm_forward(z, one, zero, self.groups(), eps=EPS)[0]

    def groups(self):
        """Into how many groups it cuts the channels of an example."""
        return {"LN": 1, "IN": self.numbers["channels"]}.get(self.norm, self.numbers["groups"])

    def means(self):
        """How many there are."""
        if self.norm == "BN":
            return self.z.mean(axis=(0, 2, 3)).size
        return self.z.reshape(len(self.z), self.groups(), -1).mean(axis=2).size

    def uses_batch(self):
        """Replace all examples but the first."""
        others = self.z.copy()
        others[1:] = self.rng.standard_normal(others[1:].shape)
        return not np.allclose(self(others)[0], self(self.z)[0])

    def works_N1(self):
        """Give it one example, then another."""
        return not np.allclose(self(self.z[:1]), self(self.z[1:2]))

    def same_in_eval(self):
        """Turn to evaluation."""
        return np.allclose(self(self.z, train=False), self(self.z, train=True))

    def invariant_to_scaling_one_example(self):
        """Scale the first example."""
        scaled = self.z.copy()
        scaled[0] *= 3
        return np.allclose(self(scaled), self(self.z))

    def invariant_to_scaling_weights(self):
        """Scale the weights of a 1 x 1 convolution."""
        weights = self.rng.standard_normal((self.z.shape[1], 5))
        x = self.rng.standard_normal((len(self.z), 5, *self.z.shape[2:]))
        before = np.einsum("kc,nchw->nkhw", weights, x)
        weights[: self.numbers["scaled_filters"]] *= 3
        return np.allclose(self(np.einsum("kc,nchw->nkhw", weights, x)), self(before))


@pytest.fixture
def claims(student, reference, student_id):
    """The student's claims, with their numbers."""
    numbers = reference.compare_normalizers_numbers(student_id)
    return student.compare_normalizers(numbers), numbers


@points(0.125)
@pytest.mark.parametrize("norm", NORMS)
def test_means(claims, reference, rng, norm):
    """counts the means that a normaliser computes"""
    mine, numbers = claims
    right = Measured(reference, norm, numbers, rng).means()
    agree(entry(entry(mine, norm), "means"), right, f'claims["{norm}"]["means"]')


@points(0.125)
@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("claim", PROPERTIES)
def test_property(claims, reference, rng, norm, claim):
    """knows what a normaliser depends on, and what it does not see"""
    mine, numbers = claims
    right = bool(getattr(Measured(reference, norm, numbers, rng), claim)())
    agree(entry(entry(mine, norm), claim), right, f'claims["{norm}"]["{claim}"]')


@points(0.25)
@pytest.mark.parametrize("claim", ["gn_between", "pixel_scaling", "undone_for", "covariate_shift"])
def test_choice(claims, reference, claim):
    """knows what the normalisers have in common, and what they are known to do"""
    mine, numbers = claims
    agree(entry(mine, claim), reference.compare_normalizers(numbers)[claim], claim)
