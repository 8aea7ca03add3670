"""Hidden tests of Sequential. Its gradient is tested on linear layers first.

There it does not depend on what went forward, so that a wrong forward costs its own points only.
"""

import itertools

from autograder.suite import agree, points, unchanged


@points(0.75)
def test_forward(layers, build, same_forward, rng):
    """runs layers of one width in their order"""
    chain = [layers.affine(4, 4), layers.tanh(), layers.scale(4), layers.affine(4, 4)]
    same_forward(build("Sequential", chain), rng.standard_normal((6, 4)))
    same_forward(build("Sequential", [layers.tanh(), layers.scale(3)]), rng.standard_normal(3))


@points(0.5)
def test_backward_linear(layers, build, same_backward, rng):
    """gives the gradient through linear layers"""
    chain = [layers.scale(4), layers.affine(4, 4), layers.scale(4), layers.affine(4, 4)]
    same_backward(build("Sequential", chain), rng.standard_normal((6, 4)))


@points(0.25)
def test_backward_bent(layers, build, same_backward, rng):
    """gives the gradient through layers that remember what they have seen"""
    chain = [layers.tanh(), layers.affine(4, 4), layers.tanh(), layers.scale(4), layers.tanh()]
    same_backward(build("Sequential", chain), rng.standard_normal((6, 4)))


@points(0.25)
def test_widths(layers, build, same_forward, same_backward, rng):
    """takes layers that change the width: one, two or five of them, also on images"""
    for widths in ((3, 5), (5, 2, 4), (3, 6, 2, 5, 7, 4)):
        chain = [layers.affine(out, into) for into, out in itertools.pairwise(widths)]
        both, x = build("Sequential", chain), rng.standard_normal((6, widths[0]))
        same_forward(both, x, f"y for the widths {widths}")
        same_backward(both, x, f"dx for the widths {widths}")
    both = build("Sequential", [layers.mixing(3, 2), layers.mixing(4, 3)])
    x = rng.standard_normal((3, 2, 5, 4))
    same_forward(both, x, "y for images")
    same_backward(both, x, "dx for images")


@points(0.25)
def test_empty(student, rng):
    """lets everything pass if there are no layers"""
    x, dout = rng.standard_normal((2, 3, 4)), rng.standard_normal((2, 3, 4))
    chain = student.Sequential([])
    agree(chain.forward(x), x, "y without layers")
    agree(chain.backward(dout), dout, "dx without layers")


@points(0.25)
def test_calls(layers, build, same_calls, itself, rng):
    """calls every layer itself once forward and once backward, in the right order"""
    chain, _ = build("Sequential", [layers.bent(3, 3, name) for name in "ABC"])
    chain.forward(rng.standard_normal((5, 3)))
    same_calls("forward", ["A.forward", "B.forward", "C.forward"])
    chain.backward(rng.standard_normal((5, 3)))
    same_calls("backward", ["C.backward", "B.backward", "A.backward"])
    itself(lambda layer: build("Sequential", [layer]))


@points(0.25)
def test_nested(reference, layers, build, same_forward, same_backward, rng):
    """takes chains and residual blocks as layers"""
    inner = build("Sequential", [layers.affine(5, 4), layers.tanh(), layers.affine(4, 5)])
    factor = rng.uniform(0.5, 2, 4)
    skip = layers.watched("R", lambda: reference.Residual(reference.Scale(factor)))
    both = build("Sequential", [layers.scale(4), inner, skip, layers.tanh()])
    x = rng.standard_normal((3, 4))
    same_forward(both, x)
    same_backward(both, x)


@points(0.25)
def test_again(layers, build, same_again, rng):
    """can be used again and again, beside other chains"""
    one = build("Sequential", [layers.tanh(), layers.affine(3, 3), layers.tanh()])
    other = build("Sequential", [layers.scale(3), layers.tanh(), layers.affine(3, 3)])
    x, later, dout = (rng.standard_normal((size, 3)) for size in (4, 5, 5))
    same_again(one, other, x, later, dout, x)


@points(0.25)
def test_arguments_unchanged(student, layers, moved, rng):
    """leaves the list, x and dout as they were"""
    made = [layers.affine(4, 4), layers.tanh(), layers.scale(4)]
    chain = unchanged(student.Sequential, [mine for mine, _ in made])
    x, dout = rng.standard_normal((6, 4)), rng.standard_normal((6, 4))
    moved(unchanged(chain.forward, x), x, "y")
    moved(unchanged(chain.backward, dout), dout, "dx")
