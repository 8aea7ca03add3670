"""Hidden tests of stack_forward."""

from autograder.suite import agree, points


@points(2)
def test_values(student, reference, rng):
    """scales what the linear layer gives"""
    x, W, b, k = (rng.standard_normal(shape) for shape in [(5, 4), (3, 4), (3,), (3,)])
    agree(student.stack_forward(x, W, b, k), reference.stack_forward(x, W, b, k), "out")
