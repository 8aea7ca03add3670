"""Hidden tests of multihead_forward."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged

N, N_TOKENS, D, H, D_K, D_V, D_OUT = 2, 5, 4, 3, 2, 6, 7


@pytest.fixture
def case(draw):
    """Draws X and the weights, for so many heads."""

    def arrays(h=H):
        shapes = (N, N_TOKENS, D), (D, h * D_K), (D, h * D_K), (D, h * D_V), (h * D_V, D_OUT)
        return draw(*shapes)

    return arrays


@pytest.fixture
def check(student, reference):
    """Compares out with the reference's."""

    def compare(*args):
        out, _ = student.multihead_forward(*args)
        agree(out, reference.multihead_forward(*args)[0], "out")

    return compare


@points(1.25)
def test_values(check, case, draw):
    """attends in every head, and mixes what the heads found"""
    check(*case(), H)
    check(*draw((3, 5, 8), (8, 8), (8, 8), (8, 8), (8, 8)), 2)


@points(0.5)
def test_one_head(student, reference, case):
    """is plain self-attention, times Wo, for one head"""
    X, Wq, Wk, Wv, Wo = case(1)
    out, _ = student.multihead_forward(X, Wq, Wk, Wv, Wo, 1)
    agree(out, reference.self_attention_forward(X, Wq, Wk, Wv)[0] @ Wo, "out for one head")


@points(0.5)
def test_heads_by_themselves(student, case, rng):
    """lets every head go by its own columns of the weights"""
    X, Wq, Wk, Wv, _ = case()
    mix, other = np.eye(H * D_V), int(rng.integers(H))
    before, _ = student.multihead_forward(X, Wq, Wk, Wv, mix, H)
    keys, values = (slice(other * size, (other + 1) * size) for size in (D_K, D_V))
    for W, part in ((Wq, keys), (Wk, keys), (Wv, values)):
        W[:, part] = rng.standard_normal(W[:, part].shape)
    after, _ = student.multihead_forward(X, Wq, Wk, Wv, mix, H)
    agree(before, np.zeros((N, N_TOKENS, H * D_V)), "out", tol=np.inf)
    agree(after, before, "out", tol=np.inf)
    rest = np.delete(after, values, axis=2)
    what = f"the part of the other heads, with new weights for head {other} and Wo = I,"
    agree(rest, np.delete(before, values, axis=2), what)
    if agrees(after[..., values], before[..., values]) or not rest.any():
        fail(f"new weights for head {other} leave its part of out as it was.")


@points(0.75)
def test_mask(check, case, some, causal):
    """keeps to the mask, for every shape that broadcasts to (N, h, n, n)"""
    check(*case(), H, causal(N_TOKENS))
    check(*case(), H, some(N_TOKENS))
    check(*case(), H, some(N, 1, 1, N_TOKENS))
    check(*case(), H, some(N, 1, N_TOKENS, N_TOKENS))
    check(*case(), H, some(H, N_TOKENS, N_TOKENS))
    check(*case(), H, some(N, H, N_TOKENS, N_TOKENS))


@points(0.25)
def test_tokens_with_nothing(student, case, some, rng):
    """gives zeros to tokens in those heads in which they may attend to nothing"""
    mask, alone = some(N_TOKENS, N_TOKENS), int(rng.integers(N_TOKENS))
    mask[alone] = False
    out, _ = student.multihead_forward(*case(), H, mask)
    agree(out, np.zeros((N, N_TOKENS, D_OUT)), "out", tol=np.inf)
    agree(out[:, alone], np.zeros((N, D_OUT)), "out of a token that may attend to nothing")
    if not np.delete(out, alone, axis=1).any(axis=-1).all():
        fail("out is 0 for a token that may attend to some.")
    X, Wq, Wk, Wv, _ = case()
    mask, mix, blind = some(H, N_TOKENS, N_TOKENS), np.eye(H * D_V), int(rng.integers(H))
    before, _ = student.multihead_forward(X, Wq, Wk, Wv, mix, H, mask)
    mask[blind, alone] = False
    after, _ = student.multihead_forward(X, Wq, Wk, Wv, mix, H, mask)
    agree(before, np.zeros((N, N_TOKENS, H * D_V)), "out", tol=np.inf)
    right = before.copy()
    right[:, alone, blind * D_V : (blind + 1) * D_V] = 0
    what = f"out, with Wo = I, where token {alone} may attend to nothing in head {blind} only,"
    agree(after, right, what)


@points(0.25)
def test_large_logits(check, case, some):
    """stays exact for large logits"""
    X, Wq, Wk, Wv, Wo = case()
    X, Wq, Wk = (np.abs(array) + 0.5 for array in (X, Wq, Wk))
    check(X, Wq, -1e5 * Wk, Wv, Wo, H, some(H, N_TOKENS, N_TOKENS))


@points(0.25)
def test_order(student, case, rng):
    """turns out with the tokens: in another order, they get the same"""
    X, *weights = case()
    order = rng.permutation(N_TOKENS)
    out, _ = student.multihead_forward(X, *weights, H)
    turned, _ = student.multihead_forward(X[:, order], *weights, H)
    agree(out, np.zeros((N, N_TOKENS, D_OUT)), "out", tol=np.inf)
    agree(turned, out[:, order], "out, with the tokens in another order,")
    if agrees(out[0, 0], out[0, 1]):
        fail("two different tokens get the same.")


@points(0.25)
def test_arguments_unchanged(student, case, some):
    """leaves X, the weights and the mask as they were"""
    mask = some(N_TOKENS, N_TOKENS)
    mask[2] = False
    unchanged(student.multihead_forward, *case(), H, mask, may_raise=True)
    X, eye = np.ones((1, 4, 3)), np.eye(3)
    out, _ = unchanged(student.multihead_forward, X, eye, eye, eye, eye, 1)
    agree(out, X, "out for tokens of ones, weights of the identity and one head")
