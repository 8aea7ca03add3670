"""Hidden tests of batchnorm_backward: each gradient by itself, on rows and on images."""

import pytest

from autograder.suite import points

ROWS, IMAGES = (6, 4), (3, 5, 2, 4)


@pytest.fixture
def case(draw, rng):
    """dout and the arguments of batchnorm_forward, in training."""

    def build(shape, eps=1e-5):
        state = {"mean": rng.standard_normal(shape[1]), "var": rng.uniform(1, 2, shape[1])}
        return rng.standard_normal(shape), *draw(shape, shape[1]), state, True, 0.1, eps

    return build


@points(1.5)
def test_dx(backward, case):
    """gives dx for rows, through the mean and the variance of the batch"""
    backward.check("dx", *case(ROWS))


@points(1.25)
def test_dx_of_images(backward, case):
    """gives dx for images"""
    backward.check("dx", *case(IMAGES))


@points(0.5)
def test_dx_with_large_eps(backward, case):
    """gives dx when eps is as large as the variances"""
    backward.check("dx", *case(ROWS, 2.0))
    backward.check("dx", *case(IMAGES, 4.0))


@points(0.75)
def test_dgamma(backward, case):
    """gives dgamma for rows"""
    backward.check("dgamma", *case(ROWS))


@points(0.5)
def test_dgamma_of_images(backward, case):
    """gives dgamma, (C,), for images, also if there is one channel only"""
    backward.check("dgamma", *case(IMAGES))
    backward.check("dgamma", *case((2, 1, 3, 4)))


@points(0.75)
def test_dbeta(backward, case):
    """gives dbeta for rows"""
    backward.check("dbeta", *case(ROWS))


@points(0.5)
def test_dbeta_of_images(backward, case):
    """gives dbeta, (C,), for images, also if there is one channel only"""
    backward.check("dbeta", *case(IMAGES))
    backward.check("dbeta", *case((2, 1, 3, 4)))


@points(0.5)
def test_own_cache(backward, case):
    """goes by the cache that it is given, also when another forward pass came in between"""
    dout, *args = case(ROWS)
    _, *others = case(ROWS)
    backward.check_own_cache(dout, args, others)


@points(0.5)
def test_cache_unchanged(backward, case):
    """gives the same answer when it is called a second time with the same cache"""
    backward.check_twice(*case(ROWS))


@points(0.25)
def test_dout_unchanged(backward, case):
    """leaves dout as it was"""
    backward.check_dout_unchanged(*case(IMAGES))
