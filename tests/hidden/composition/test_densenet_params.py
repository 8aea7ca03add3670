"""Hidden tests of densenet_params: the sum in closed form."""

import pytest

from autograder.suite import agree, points


@pytest.fixture
def sizes(rng):
    """k0 and k, different: even and odd."""
    k0, k = (int(size) for size in rng.permutation(range(3, 20))[:2])
    return 2 * k0, 2 * k + 1  # k is odd, so that halves show


def closed_form(k0, k, L, kernel):
    return kernel**2 * k * (2 * L * k0 + k * L * (L - 1)) // 2


@points(0.75)
def test_weights(student, sizes):
    """counts the weights of all layers"""
    k0, k = sizes
    for L, kernel in ((4, 5), (9, 2)):
        expected = closed_form(k0, k, L, kernel)
        agree(student.densenet_params(k0, k, L, kernel), expected, f"weights for L = {L}")


@points(0.25)
def test_default(student, sizes):
    """has kernels of side 3 by default"""
    agree(student.densenet_params(*sizes, 6), closed_form(*sizes, 6, 3), "weights")


@points(0.25)
def test_one_pixel(student, sizes):
    """takes kernels of one pixel, also by name"""
    found = student.densenet_params(*sizes, 5, kernel=1)
    agree(found, closed_form(*sizes, 5, 1), "weights for kernel = 1")


@points(0.25)
def test_few_layers(student, sizes):
    """knows blocks of one layer and of none"""
    agree(student.densenet_params(*sizes, 1, 3), closed_form(*sizes, 1, 3), "weights for L = 1")
    agree(student.densenet_params(*sizes, 0, 3), 0, "weights for L = 0")
