"""Hidden tests of layernorm_backward: each gradient by itself, on rows and on sequences."""

import pytest

from autograder.suite import points

ROWS, SEQUENCES = (5, 4), (3, 2, 6)


@pytest.fixture
def case(draw, rng):
    """dout and the arguments of layernorm_forward."""

    def build(shape, eps=1e-5):
        return rng.standard_normal(shape), *draw(shape, shape[-1]), eps

    return build


@points(0.75)
def test_dx(backward, case):
    """gives dx for rows"""
    backward.check("dx", *case(ROWS))


@points(0.5)
def test_dx_of_sequences(backward, case):
    """gives dx for sequences"""
    backward.check("dx", *case(SEQUENCES))


@points(0.25)
def test_dx_with_large_eps(backward, case):
    """gives dx when eps is as large as the variances"""
    backward.check("dx", *case(ROWS, 2.0))


@points(0.5)
def test_dgamma(backward, case):
    """gives dgamma for rows"""
    backward.check("dgamma", *case(ROWS))


@points(0.25)
def test_dgamma_of_sequences(backward, case):
    """gives dgamma, (D,), for sequences and for more axes"""
    backward.check("dgamma", *case(SEQUENCES))
    backward.check("dgamma", *case((2, 3, 4, 5)))


@points(0.5)
def test_dbeta(backward, case):
    """gives dbeta for rows"""
    backward.check("dbeta", *case(ROWS))


@points(0.25)
def test_dbeta_of_sequences(backward, case):
    """gives dbeta, (D,), for sequences and for more axes"""
    backward.check("dbeta", *case(SEQUENCES))
    backward.check("dbeta", *case((2, 3, 4, 5)))


@points(0.375)
def test_own_cache(backward, case):
    """goes by the cache that it is given, also when another forward pass came in between"""
    dout, *args = case(ROWS)
    _, *others = case(ROWS)
    backward.check_own_cache(dout, args, others)


@points(0.375)
def test_cache_unchanged(backward, case):
    """gives the same answer when it is called a second time with the same cache"""
    backward.check_twice(*case(SEQUENCES))


@points(0.25)
def test_dout_unchanged(backward, case):
    """leaves dout as it was"""
    backward.check_dout_unchanged(*case(SEQUENCES))
