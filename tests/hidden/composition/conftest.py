"""What the tests of layers share: twin layers, one for the student and one for the reference."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, unchanged

SHOWN = 8
"""So many calls are listed in a message at most."""


@pytest.fixture
def layers(student, reference, rng):
    """Makes layers in pairs."""
    return Layers(student, reference, rng)


class Layers:
    """Makes pairs of equal layers: the student's to build with, and ours to compare with."""

    def __init__(self, student, reference, rng):
        self.student, self.reference, self.rng = student, reference, rng
        self.calls = []

    def affine(self, d_out, d_in):
        """A layer that mixes the features."""
        return self._pair("Affine", *self._drawn(d_out, d_in))

    def scale(self, d):
        """A layer with a factor of its own for every feature."""
        return self._pair("Scale", self.rng.uniform(0.5, 2, d) * self.rng.choice([-1, 1], d))

    def tanh(self):
        """A layer whose gradient depends on what it has seen."""
        return self._pair("Tanh")

    def bent(self, d_out, d_in, name="F"):
        """A layer tanh(W x + b) that calls back, so that its calls are noted."""
        W, b = self._drawn(d_out, d_in)
        ours = self.reference
        return self.watched(name, lambda: ours.Sequential([ours.Affine(W, b), ours.Tanh()]))

    def mixing(self, c_out, c_in):
        """A layer that mixes the channels of images, and calls back."""
        W = self._drawn(c_out, c_in)[0]
        return self.watched("F", lambda: Mixing(W))

    def watched(self, name, make):
        """Any layer of ours, called back by the student's and noted."""
        inner = make()

        def forward(x):
            self.calls.append(f"{name}.forward")
            return np.array(inner.forward(np.array(x)))

        def backward(dout):
            self.calls.append(f"{name}.backward")
            return np.array(inner.backward(np.array(dout)))

        return self.student.Watched(forward, backward), make()

    def _drawn(self, d_out, d_in):
        W = self.rng.standard_normal((d_out, d_in)) / np.sqrt(d_in)
        return W, self.rng.uniform(-1, 1, d_out)

    def _pair(self, name, *args):
        return getattr(self.student, name)(*args), getattr(self.reference, name)(*args)


class Mixing:
    """A convolution with kernels of one pixel."""

    def __init__(self, W):
        self.W = W

    def forward(self, x):
        return np.einsum("kc,nchw->nkhw", self.W, x)

    def backward(self, dout):
        return np.einsum("kc,nkhw->nchw", self.W, dout)


@pytest.fixture
def build(student, reference):
    """Makes the same object of the student's and of ours: of one pair of layers, or of a list."""

    def built(name, given):
        if isinstance(given, list):
            mine, right = [pair[0] for pair in given], [pair[1] for pair in given]
        else:
            mine, right = given
        return getattr(student, name)(mine), getattr(reference, name)(right)

    return built


@pytest.fixture
def same_forward():
    """Sends x through both objects, and compares."""

    def check(pair, x, name="y"):
        mine, right = pair
        agree(mine.forward(x), right.forward(x.copy()), name)

    return check


@pytest.fixture
def same_backward(rng):
    """Sends x through both objects, whatever comes out, and compares the gradients."""

    def check(pair, x, name="dx"):
        mine, right = pair
        mine.forward(x)
        dout = rng.standard_normal(right.forward(x.copy()).shape)
        agree(mine.backward(dout), right.backward(dout.copy()), name)

    return check


@pytest.fixture
def same_again(same_backward):
    """Uses an object twice, then another, and goes back through both."""

    def check(one, other, x, later, dout, between):
        for which, (mine, right), given in (
            ("the first forward", one, x),
            ("the second forward", one, later),
            ("a second object", other, between),
        ):
            agree(mine.forward(given), right.forward(given.copy()), f"y of {which}")
        expected = one[1].backward(dout.copy())
        for time, factor in (("", 1), (" of a second backward", 1), (" of a third backward", -2)):
            agree(one[0].backward(factor * dout), factor * expected, f"dx{time} after two forwards")
        same_backward(other, between - 1, "dx of the second object")

    return check


@pytest.fixture
def same_calls(layers):
    """Compares the calls that were noted since the last time."""

    def check(method, expected):
        found = layers.calls.copy()
        layers.calls.clear()
        if found != expected:
            fail(f"{method} made the calls {_listed(found)}; expected {_listed(expected)}.")

    return check


@pytest.fixture
def itself(layers, rng):
    """Checks that it is the given layer that goes forward, and no copy: it remembers x."""

    def check(around):
        layer = layers.tanh()
        (mine, right), x = around(layer), rng.standard_normal((4, 3))
        dout = rng.standard_normal(x.shape)
        mine.forward(x)
        right.forward(x.copy())
        name = "dx of the layer itself, after a forward of what is made of it,"
        agree(layer[0].backward(dout), layer[1].backward(dout.copy()), name)

    return check


@pytest.fixture
def unchanged_around_nothing(student, rng):
    """Checks a layer around a chain without layers, which may return the very array it is given.

    That chain is the student's own: whatever else it does has cost its points elsewhere.
    """

    def check(around, features):
        chain = student.Sequential.answer([])
        if chain.error is None:
            layer, x = around(chain.value), rng.standard_normal((4, 3))
            unchanged(layer.forward, x, may_raise=True)
            unchanged(layer.backward, rng.standard_normal((4, features)), may_raise=True)

    return check


@pytest.fixture
def moved():
    """Checks that an answer is an array and not what was given: there was something to do.

    Its shape may be wrong, which costs its points elsewhere.
    """

    def check(value, given, name):
        if not isinstance(value, np.ndarray):
            fail(f"{name} is no array.")
        agree(value, np.zeros(value.shape), name, tol=np.inf)
        if agrees(value, given) or not np.any(value):
            fail(f"{name} is what was given, or zero.")

    return check


def _listed(calls):
    more = " and more" if len(calls) > SHOWN else ""
    return (", ".join(calls[:SHOWN]) or "none") + more
