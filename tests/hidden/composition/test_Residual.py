"""Hidden tests of Residual. Its gradient is tested on a linear inner layer first.

There it does not depend on what went forward, so that a wrong forward costs its own points only.
"""

from autograder.suite import StudentError, agrees, points, refuses, unchanged


@points(0.5)
def test_forward(layers, build, same_forward, rng):
    """adds the input of the inner layer to its output"""
    same_forward(build("Residual", layers.affine(4, 4)), rng.standard_normal((6, 4)))
    same_forward(build("Residual", layers.mixing(3, 3)), rng.standard_normal((2, 3, 4, 5)))
    same_forward(build("Residual", layers.scale(5)), rng.standard_normal(5))


@points(0.5)
def test_backward_linear(layers, build, same_backward, rng):
    """gives the gradient of both paths, for a linear inner layer"""
    same_backward(build("Residual", layers.affine(4, 4)), rng.standard_normal((6, 4)))


@points(0.5)
def test_backward_bent(layers, build, same_backward, rng):
    """gives it for inner layers that remember what they have seen"""
    x = rng.standard_normal((6, 4))
    same_backward(build("Residual", layers.tanh()), x, "dx around a Tanh")
    same_backward(build("Residual", layers.bent(4, 4)), x, "dx around tanh(W x + b)")


@points(0.25)
def test_calls(layers, build, same_calls, itself, rng):
    """calls the inner layer itself once forward and once backward"""
    block, _ = build("Residual", layers.bent(3, 3))
    block.forward(rng.standard_normal((5, 3)))
    same_calls("forward", ["F.forward"])
    block.backward(rng.standard_normal((5, 3)))
    same_calls("backward", ["F.backward"])
    itself(lambda layer: build("Residual", layer))


@points(0.25)
def test_other_shape(student, layers, rng):
    """refuses an inner layer that changes the shape"""
    row, _ = layers.watched("F", lambda: First(0))
    batch, _ = layers.watched("F", lambda: First(slice(1)))
    one, three = layers.affine(1, 4)[0], layers.affine(3, 4)[0]
    for inner, n in ((row, 6), (row, 1), (batch, 6), (one, 6), (three, 6)):
        refuses(ValueError, student.Residual(inner).forward, rng.standard_normal((n, 4)))


class First:
    """A layer that would be broadcast: the first example, as a row or as a batch of one."""

    def __init__(self, which):
        self.which = which

    def forward(self, x):
        return x[self.which]


@points(0.25)
def test_nested(reference, layers, build, same_forward, same_backward, rng):
    """takes residual blocks and chains as inner layers"""
    factor = rng.uniform(0.5, 2, 4)
    ours = [reference.Scale(factor), reference.Tanh()]
    chain = layers.watched("F", lambda: reference.Sequential([*ours]))
    inner = build("Residual", layers.affine(4, 4))
    for name, given in (("a Residual", inner), ("a chain", chain)):
        both, x = build("Residual", given), rng.standard_normal((3, 4))
        same_forward(both, x, f"y around {name}")
        same_backward(both, x, f"dx around {name}")


@points(0.25)
def test_with_your_sequential(layers, build, same_forward, same_backward, rng):
    """adds the skip to what your own Sequential does"""
    made = [layers.affine(4, 4), layers.tanh(), layers.affine(4, 4), layers.tanh()]
    x, dout = rng.standard_normal((5, 4)), rng.standard_normal((5, 4))
    right = is_right(lambda: build("Sequential", made), x, dout)
    # One that is not right has cost its points elsewhere.
    block = build("Residual", build("Sequential", made) if right else layers.bent(4, 4))
    same_forward(block, x)
    same_backward(block, x)


def is_right(build_chain, x, dout):
    """Whether a chain of the student's does by itself what ours does, and nothing else."""
    try:
        mine, ours = build_chain()
        y, dx = unchanged(mine.forward, x), unchanged(mine.backward, dout)
    except (StudentError, AssertionError):
        return False
    return agrees(y, ours.forward(x)) and agrees(dx, ours.backward(dout))


@points(0.25)
def test_again(layers, build, same_again, rng):
    """can be used again and again, beside other blocks"""
    one, other = build("Residual", layers.tanh()), build("Residual", layers.affine(3, 3))
    x, later, dout = (rng.standard_normal((size, 3)) for size in (4, 5, 5))
    same_again(one, other, x, later, dout, x)


@points(0.25)
def test_arguments_unchanged(student, layers, moved, unchanged_around_nothing, rng):
    """leaves x and dout as they were, and what the inner layer returns"""
    block = student.Residual(layers.affine(4, 4)[0])
    x, dout = rng.standard_normal((6, 4)), rng.standard_normal((6, 4))
    moved(unchanged(block.forward, x), x, "y")
    moved(unchanged(block.backward, dout), dout, "dx")
    unchanged_around_nothing(student.Residual, 3)
