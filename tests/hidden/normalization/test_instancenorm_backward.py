"""Hidden tests of instancenorm_backward: each gradient by itself."""

import pytest

from autograder.suite import points

SHAPE = (3, 4, 5, 2)


@pytest.fixture
def case(draw, rng):
    """dout and the arguments of instancenorm_forward."""

    def build(eps=1e-5):
        return rng.standard_normal(SHAPE), *draw(SHAPE, 4), eps

    return build


@points(0.5)
def test_dx(backward, case):
    """gives dx"""
    backward.check("dx", *case())


@points(0.25)
def test_dx_with_large_eps(backward, case):
    """gives dx when eps is as large as the variances"""
    backward.check("dx", *case(4.0))


@points(0.375)
def test_dgamma(backward, case):
    """gives dgamma, one entry per channel"""
    backward.check("dgamma", *case())


@points(0.375)
def test_dbeta(backward, case):
    """gives dbeta, one entry per channel"""
    backward.check("dbeta", *case())


@points(0.1875)
def test_own_cache(backward, case):
    """goes by the cache that it is given, also when another forward pass came in between"""
    dout, *args = case()
    _, *others = case()
    backward.check_own_cache(dout, args, others)


@points(0.1875)
def test_cache_unchanged(backward, case):
    """gives the same answer when it is called a second time with the same cache"""
    backward.check_twice(*case())


@points(0.125)
def test_dout_unchanged(backward, case):
    """leaves dout as it was"""
    backward.check_dout_unchanged(*case())
