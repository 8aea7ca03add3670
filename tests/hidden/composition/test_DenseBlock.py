"""Hidden tests of DenseBlock. Its gradient is tested on linear layers first.

There it does not depend on what went forward, so that a wrong forward costs its own points only.
"""

import numpy as np
import pytest

from autograder.suite import agree, points, unchanged

GROWTH = (2, 4, 1)
"""The features that the layers put out."""


@pytest.fixture
def grown(layers):
    """Layers of different growth behind each other, made of one kind of layer."""

    def made(kind, width, growth=GROWTH):
        pairs = []
        for features in growth:
            pairs.append(kind(features, width))
            width += features
        return pairs

    return made


@points(0.5)
def test_widths(layers, build, grown, rng):
    """keeps the input in front, and grows by what each layer puts out"""
    x = rng.standard_normal((5, 3))
    mine, _ = build("DenseBlock", grown(layers.affine, 3))
    y = mine.forward(x)
    agree(y, np.zeros((5, 3 + sum(GROWTH))), "y", tol=np.inf)
    agree(y[:, :3], x, "the input in y")


@points(0.5)
def test_forward(layers, build, same_forward, grown, rng):
    """gives every layer all features so far, in order"""
    same_forward(build("DenseBlock", [layers.tanh(), layers.tanh()]), rng.standard_normal((5, 3)))
    same_forward(build("DenseBlock", grown(layers.affine, 3)), rng.standard_normal((5, 3)))
    same_forward(build("DenseBlock", grown(layers.bent, 2)), rng.standard_normal((5, 2)))


@points(0.75)
def test_backward_linear(layers, build, same_backward, grown, rng):
    """gives the gradient on all ways through linear layers"""
    same_backward(build("DenseBlock", grown(layers.affine, 3)), rng.standard_normal((5, 3)))


@points(0.5)
def test_backward_bent(layers, build, same_backward, grown, rng):
    """gives it for layers that remember what they have seen, also for layers of equal growth"""
    x = rng.standard_normal((5, 3))
    same_backward(build("DenseBlock", grown(layers.bent, 3)), x)
    same_backward(build("DenseBlock", [layers.tanh(), layers.tanh()]), x, "dx through two Tanh")


@points(0.25)
def test_images(layers, build, same_forward, same_backward, grown, rng):
    """joins the channels of images"""
    x = rng.standard_normal((3, 2, 5, 4))
    same_forward(build("DenseBlock", grown(layers.mixing, 2)), x)
    same_backward(build("DenseBlock", grown(layers.mixing, 2)), x)


@points(0.25)
def test_empty(student, rng):
    """lets everything pass if there are no layers"""
    x, dout = rng.standard_normal((4, 3)), rng.standard_normal((4, 3))
    block = student.DenseBlock([])
    agree(block.forward(x), x, "y without layers")
    agree(block.backward(dout), dout, "dx without layers")


@points(0.25)
def test_calls(layers, build, same_calls, itself, rng):
    """calls every layer itself once forward and once backward, in the right order"""
    made = [layers.bent(2, width, name) for name, width in zip("ABC", (3, 5, 7), strict=True)]
    block, _ = build("DenseBlock", made)
    block.forward(rng.standard_normal((5, 3)))
    same_calls("forward", ["A.forward", "B.forward", "C.forward"])
    block.backward(rng.standard_normal((5, 9)))
    same_calls("backward", ["C.backward", "B.backward", "A.backward"])
    itself(lambda layer: build("DenseBlock", [layer]))


@points(0.25)
def test_again(layers, build, same_again, grown, rng):
    """can be used again and again, beside other blocks"""
    one = build("DenseBlock", grown(layers.bent, 2))
    other = build("DenseBlock", grown(layers.affine, 3, (3, 1)))
    x, later, dout = (rng.standard_normal((4, size)) for size in (2, 2, 2 + sum(GROWTH)))
    wide = rng.standard_normal((4, 3))
    same_again(one, other, x, later, dout, wide)
    any_width = build("DenseBlock", [layers.tanh(), layers.tanh()])
    x, later, dout = (rng.standard_normal(shape) for shape in ((4, 2), (5, 3), (5, 12)))
    same_again(any_width, other, x, later, dout, wide)


@points(0.25)
def test_arguments_unchanged(student, layers, grown, moved, unchanged_around_nothing, rng):
    """leaves the list, x and dout as they were, and what the layers return"""
    block = unchanged(student.DenseBlock, [mine for mine, _ in grown(layers.affine, 3)])
    x, dout = rng.standard_normal((5, 3)), rng.standard_normal((5, 3 + sum(GROWTH)))
    moved(unchanged(block.forward, x), x, "y")
    moved(unchanged(block.backward, dout), dout, "dx")
    unchanged_around_nothing(lambda chain: student.DenseBlock([chain]), 6)
