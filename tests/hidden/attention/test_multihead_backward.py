"""Hidden tests of multihead_backward: each gradient by itself, then masks and caches."""

import numpy as np
import pytest

from autograder.suite import agree, points

N, N_TOKENS, D, H, D_K, D_V, D_OUT = 2, 5, 4, 3, 2, 6, 7
SHAPES = {
    "dX": (N, N_TOKENS, D),
    "dWq": (D, H * D_K),
    "dWk": (D, H * D_K),
    "dWv": (D, H * D_V),
    "dWo": (H * D_V, D_OUT),
}


@pytest.fixture
def case(draw):
    """Draws dout, and X and the weights."""
    return lambda: [*draw((N, N_TOKENS, D_OUT), *SHAPES.values()), H]


@pytest.fixture
def square(draw):
    """Draws them for weights that all have one shape."""
    return lambda: [*draw((2, 5, 6), (2, 5, 6), *[(6, 6)] * 4), 2]


@points(0.75)
def test_dX(backward, case):
    """gives dX, the gradient with respect to the tokens"""
    backward.check("dX", *case())


@points(0.4)
@pytest.mark.parametrize("name", ["dWq", "dWk", "dWv"])
def test_projections(backward, case, square, name):
    """gives the gradient with respect to the weights of queries, keys and values"""
    backward.check(name, *case())
    backward.check(name, *square())


@points(0.65)
def test_dWo(backward, case, square):
    """gives dWo, the gradient with respect to the weights that mix the heads"""
    backward.check("dWo", *case())
    backward.check("dWo", *square())


@points(0.1)
@pytest.mark.parametrize("name", list(SHAPES))
def test_mask(backward, case, some, causal, name):
    """gives each gradient under masks"""
    backward.check(name, *case(), causal(N_TOKENS))
    backward.check(name, *case(), some(N, 1, 1, N_TOKENS))
    backward.check(name, *case(), some(H, N_TOKENS, N_TOKENS))


@points(0.3)
def test_tokens_with_nothing(backward, case, some, rng):
    """gives finite gradients where a token may attend to nothing, whatever its dout is"""
    dout, *args = case()
    mask, alone = some(N_TOKENS, N_TOKENS), int(rng.integers(N_TOKENS))
    mask[alone] = False
    gradients = backward.gradients(dout, backward.cache(*args, mask))
    dout[:, alone] = rng.standard_normal((N, D_OUT))
    others = backward.gradients(dout, backward.cache(*args, mask))
    for name, mine, other in zip(backward.names, gradients, others, strict=True):
        agree(mine, np.zeros(SHAPES[name]), name, tol=np.inf)
        agree(other, mine, f"{name}, for another dout of a token that may attend to nothing,")
    backward.check_alive(gradients, dout, *args, mask)


@points(0.3)
def test_own_cache(backward, case):
    """goes by the cache that it is given, and leaves it as it was"""
    dout, *args = case()
    _, *others = case()
    backward.check_own_cache(dout, args, others)


@points(0.3)
def test_dout_unchanged(backward, case):
    """leaves dout as it was"""
    backward.check_dout_unchanged(*case())
