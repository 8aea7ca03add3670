"""Hidden tests of attention_backward: each gradient by itself, then masks and caches."""

import numpy as np
import pytest

from autograder.suite import agree, points

D_K, D_V = 4, 6


@pytest.fixture
def case(draw):
    """Draws dout, Q, K and V with these leading axes."""

    def arrays(*batch, queries=3, keys=5):
        shapes = (queries, D_V), (queries, D_K), (keys, D_K), (keys, D_V)
        return draw(*((*batch, *shape) for shape in shapes))

    return arrays


def check_plain(backward, case, name):
    """Without a mask and without batch axes; as many queries as keys, and fewer."""
    backward.check(name, *case())
    backward.check(name, *case(queries=4, keys=4))


@points(1)
def test_dQ(backward, case):
    """gives dQ, the gradient with respect to the queries"""
    check_plain(backward, case, "dQ")


@points(1)
def test_dK(backward, case):
    """gives dK, the gradient with respect to the keys"""
    check_plain(backward, case, "dK")


@points(1)
def test_dV(backward, case):
    """gives dV, the gradient with respect to the values"""
    check_plain(backward, case, "dV")


@points(0.5)
@pytest.mark.parametrize("name", ["dQ", "dK", "dV"])
def test_batch(backward, case, name):
    """gives each gradient for any number of leading batch axes"""
    backward.check(name, *case(2))
    backward.check(name, *case(3, 1, 2, queries=2, keys=3))


@points(0.25)
@pytest.mark.parametrize("name", ["dQ", "dK", "dV"])
def test_mask(backward, case, name, some, causal):
    """gives each gradient under masks of different kinds"""
    backward.check(name, *case(), some(3, 5))
    backward.check(name, *case(queries=4, keys=4), causal(4))
    backward.check(name, *case(), some(5))


@points(0.25)
@pytest.mark.parametrize("name", ["dQ", "dK", "dV"])
def test_batch_and_mask(backward, case, name, some, causal):
    """gives each gradient for batches under masks that broadcast"""
    backward.check(name, *case(2, queries=4, keys=4), causal(4))
    backward.check(name, *case(2), some(2, 1, 5))


@points(0.5)
def test_queries_with_nothing(backward, case, some, rng):
    """lets queries that may attend to nothing add nothing"""
    dout, Q, K, V = case()
    mask, alone = some(3, 5), int(rng.integers(3))
    mask[alone] = False
    out, cache = backward.forward(Q, K, V, mask)
    dQ, dK, dV = backward.gradients(dout, cache)
    others = np.arange(3) != alone
    part = Q[others], K, V, mask[others]
    dQ_part, dK_part, dV_part = backward.gradients(dout[others], backward.cache(*part))
    agree(np.nan_to_num(out), dout, "out", tol=np.inf)
    agree(np.nan_to_num(dQ), Q, "dQ", tol=np.inf)
    agree(dQ[others], dQ_part, "dQ of the other queries", tol=1e-4)
    backward.check_alive((dQ_part, dK_part, dV_part), dout[others], *part)
    if out[alone].any():
        return  # wrong already in the forward pass, which has lost its points for it
    agree(dQ[alone], np.zeros(D_K), "dQ of the query that may attend to nothing")
    agree(dK, dK_part, "dK", tol=1e-4)
    agree(dV, dV_part, "dV", tol=1e-4)


@points(0.5)
def test_large(backward, case, some):
    """stays exact and finite for large logits, and for a large dout"""
    dout, Q, K, V = case()
    backward.check_large(dout, np.abs(Q) + 0.5, K, V, some(3, 5))


@points(0.5)
def test_own_cache(backward, case):
    """goes by the cache that it is given, and leaves it as it was"""
    dout, *args = case()
    _, *others = case()
    backward.check_own_cache(dout, args, others)


@points(0.5)
def test_dout_unchanged(backward, case):
    """leaves dout as it was"""
    backward.check_dout_unchanged(*case())
