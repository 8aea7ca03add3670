"""Hidden tests of fans."""

from autograder.suite import agree, points


def check(student, reference, rng, axes):
    """Compare both fans of three shapes with so many kernel axes, all sizes of each different."""
    shapes = [
        tuple(int(size) for size in rng.permutation(range(2, 12))[: 2 + axes]) for _ in range(3)
    ]
    for answer, shape in [(student.fans(shape), shape) for shape in shapes]:
        agree(answer, reference.fans(shape), f"(fan_in, fan_out) of shape {shape}")


@points(0.75)
def test_dense(student, reference, rng):
    """counts the inputs and outputs of a dense layer"""
    check(student, reference, rng, 0)


@points(0.75)
def test_two_kernel_axes(student, reference, rng):
    """counts those of a convolution of images"""
    check(student, reference, rng, 2)


@points(0.5)
def test_other_kernel_axes(student, reference, rng):
    """counts those of convolutions in one and in three dimensions"""
    check(student, reference, rng, 3)
    check(student, reference, rng, 1)
