"""Hidden tests of self_attention_backward: each gradient by itself, then masks and caches."""

import numpy as np
import pytest

from autograder.suite import agree, points

N_TOKENS, D, D_K, D_V = 5, 4, 3, 6
WEIGHTS = ["dWq", "dWk", "dWv"]


@pytest.fixture
def case(draw):
    """Draws dout, X with these leading axes, and the weights."""

    def arrays(*batch):
        dout, X = draw((*batch, N_TOKENS, D_V), (*batch, N_TOKENS, D))
        return [dout, X, *draw((D, D_K), (D, D_K), (D, D_V))]

    return arrays


@points(0.75)
def test_dX(backward, case):
    """gives dX, the gradient with respect to the tokens"""
    backward.check("dX", *case())


@points(0.5)
@pytest.mark.parametrize("name", WEIGHTS)
def test_weights(backward, case, draw, name):
    """gives the gradient with respect to each of the weights"""
    backward.check(name, *case())
    backward.check(name, *draw((5, 4), (5, 4), (4, 4), (4, 4), (4, 4)))


@points(0.25)
@pytest.mark.parametrize("name", ["dX", *WEIGHTS])
def test_batch_and_mask(backward, case, some, causal, name):
    """gives each gradient for batches of sequences, and under masks"""
    backward.check(name, *case(2), causal(N_TOKENS))
    backward.check(name, *case(3, 1, 2), some(2, 1, N_TOKENS))


@points(0.25)
def test_tokens_with_nothing(backward, case, some, rng):
    """gives finite gradients where a token may attend to nothing, whatever its dout is"""
    dout, X, *weights = case()
    mask, alone = some(N_TOKENS, N_TOKENS), int(rng.integers(N_TOKENS))
    mask[alone] = False
    gradients = backward.gradients(dout, backward.cache(X, *weights, mask))
    dout[alone] = rng.standard_normal(D_V)
    others = backward.gradients(dout, backward.cache(X, *weights, mask))
    for name, mine, other in zip(backward.names, gradients, others, strict=True):
        shape = X.shape if name == "dX" else weights[WEIGHTS.index(name)].shape
        agree(mine, np.zeros(shape), name, tol=np.inf)
        agree(other, mine, f"{name}, for another dout of a token that may attend to nothing,")
    backward.check_alive(gradients, dout, X, *weights, mask)


@points(0.25)
def test_own_cache(backward, case):
    """goes by the cache that it is given, and leaves it as it was"""
    dout, *args = case()
    _, *others = case()
    backward.check_own_cache(dout, args, others)


@points(0.25)
def test_dout_unchanged(backward, case):
    """leaves dout as it was"""
    backward.check_dout_unchanged(*case(2))
