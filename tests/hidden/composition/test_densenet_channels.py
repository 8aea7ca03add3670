"""Hidden tests of densenet_channels."""

from autograder.suite import agree, points


@points(0.75)
def test_channels(student, reference, rng):
    """counts the channels that every layer sees"""
    for L in (4, 7):
        k0, k = (int(size) for size in rng.permutation(range(2, 40))[:2])
        expected = reference.densenet_channels(k0, k, L)
        agree(student.densenet_channels(k0, k, L), expected, "channels")


@points(0.25)
def test_few_layers(student, rng):
    """knows blocks of one layer and of none"""
    k0, k = (int(size) for size in rng.permutation(range(2, 40))[:2])
    agree(student.densenet_channels(k0, k, 1), [k0], "channels")
    agree(student.densenet_channels(k0, k, 0), [], "channels")
