"""Hidden tests of self_attention_forward."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged

N_TOKENS, D, D_K, D_V = 5, 4, 3, 6


@pytest.fixture
def case(draw):
    """Draws X with these leading axes, and the weights."""
    return lambda *batch: draw((*batch, N_TOKENS, D), (D, D_K), (D, D_K), (D, D_V))


@pytest.fixture
def check(student, reference):
    """Compares out with the reference's."""

    def compare(*args):
        out, _ = student.self_attention_forward(*args)
        agree(out, reference.self_attention_forward(*args)[0], "out")

    return compare


@points(1)
def test_values(check, case, draw):
    """attends with the queries, keys and values of the tokens"""
    check(*case())
    check(*draw((5, 4), (4, 4), (4, 4), (4, 4)))


@points(0.5)
def test_batch(check, case):
    """serves any number of leading batch axes, each sequence by itself"""
    check(*case(7))
    check(*case(2, 3, 2))


@points(0.5)
def test_mask(check, case, some, causal):
    """keeps to the mask, for every shape that broadcasts"""
    check(*case(), causal(N_TOKENS))
    check(*case(), some(N_TOKENS))
    check(*case(7), some(7, 1, N_TOKENS))
    check(*case(2), some(2, N_TOKENS, N_TOKENS))


@points(0.25)
def test_tokens_with_nothing(student, case, some, rng):
    """gives zeros to tokens that may attend to nothing"""
    args, mask = case(), some(N_TOKENS, N_TOKENS)
    alone = int(rng.integers(N_TOKENS))
    mask[alone] = False
    out, _ = student.self_attention_forward(*args, mask)
    agree(out, np.zeros((N_TOKENS, D_V)), "out", tol=np.inf)
    agree(out[alone], np.zeros(D_V), "out of a token that may attend to nothing")
    if not np.delete(out, alone, axis=0).any(axis=-1).all():
        fail("out is 0 for a token that may attend to some.")


@points(0.25)
def test_large_logits(check, case, some):
    """stays exact for large logits"""
    X, Wq, Wk, Wv = case()
    X, Wq, Wk = (np.abs(array) + 0.5 for array in (X, Wq, Wk))
    check(X, Wq, -1e5 * Wk, Wv, some(N_TOKENS, N_TOKENS))


@points(0.25)
def test_order(student, case, rng):
    """turns out with the tokens: in another order, they get the same"""
    X, *weights = case()
    order = rng.permutation(N_TOKENS)
    out, _ = student.self_attention_forward(X, *weights)
    turned, _ = student.self_attention_forward(X[order], *weights)
    agree(out, np.zeros((N_TOKENS, D_V)), "out", tol=np.inf)
    agree(turned, out[order], "out, with the tokens in another order,")
    if agrees(out[0], out[1]):
        fail("two different tokens get the same.")


@points(0.25)
def test_arguments_unchanged(student, case, some):
    """leaves X, the weights and the mask as they were"""
    mask = some(N_TOKENS, N_TOKENS)
    mask[2] = False
    unchanged(student.self_attention_forward, *case(2), mask, may_raise=True)
    X = np.ones((4, 3))
    out, _ = unchanged(student.self_attention_forward, X, *(np.eye(3),) * 3)
    agree(out, X, "out for tokens of ones and weights of the identity")
