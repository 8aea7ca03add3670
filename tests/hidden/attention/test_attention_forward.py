"""Hidden tests of attention_forward: values, every kind of mask, what holds for any weights."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged

L, S, D_K, D_V = 3, 5, 4, 6
pytestmark = pytest.mark.on_call("softmax")  # of all logits, or of one query's at a time


@pytest.fixture
def qkv(draw):
    """Draws Q, K and V with these leading axes."""

    def arrays(*batch, queries=L, keys=S, d_k=D_K):
        return draw((*batch, queries, d_k), (*batch, keys, d_k), (*batch, keys, D_V))

    return arrays


@pytest.fixture
def unscaled(qkv):
    """Draws them with d_k = 1: a wrong scale has cost its points elsewhere."""
    return lambda *batch: qkv(*batch, d_k=1)


@pytest.fixture
def check(student, reference):
    """Compares out with the reference's."""

    def compare(*args):
        out, _ = student.attention_forward(*args)
        agree(out, reference.attention_forward(*args)[0], "out")

    return compare


@points(1.25)
def test_values(check, qkv):
    """averages the values with the weights of the scaled logits"""
    check(*qkv(queries=1))
    check(*qkv())
    check(*qkv(queries=7, keys=2))


@points(0.75)
def test_batch(student, check, qkv, some):
    """serves any number of leading batch axes, each entry by itself"""
    check(*qkv(7))
    check(*qkv(2, 3, 4))
    check(*qkv(2, queries=4, keys=4))
    args, mask = qkv(2), some(2, L, S)
    mask[0, 1] = False
    out, _ = student.attention_forward(*args, mask)
    agree(np.nan_to_num(out), np.zeros((2, L, D_V)), "out", tol=np.inf)
    for part, *entry in zip(out, *args, mask, strict=True):
        alone, _ = student.attention_forward(*entry)
        agree(alone, part, "out of one entry of a batch, by itself and under its own mask,")


@points(1)
def test_mask(student, check, qkv, unscaled, some):
    """lets a query attend to where the mask is True, and nowhere else"""
    check(*unscaled(), some(L, S))
    check(*unscaled(), some(L, S))
    args = qkv()
    plain, _ = student.attention_forward(*args)
    out, _ = student.attention_forward(*args, np.ones((L, S), bool))
    agree(plain, np.zeros((L, D_V)), "out", tol=np.inf)
    agree(out, plain, "out under a mask that is True everywhere, beside that without a mask,")


@points(0.75)
def test_masks_that_broadcast(check, unscaled, some):
    """accepts masks of any shape that broadcasts to that of the logits"""
    check(*unscaled(), some(S))
    check(*unscaled(7), some(L, S))
    check(*unscaled(7), some(7, 1, S))
    check(*unscaled(2, 7), some(2, 1, 1, S))
    check(*unscaled(2, 7), some(7, L, S))
    check(*unscaled(2, 7), some(2, 7, L, S))


@points(0.5)
def test_masked_logits_of_any_size(check, unscaled, rng, some):
    """gives masked keys no weight, however large their logits or their values are"""
    Q, K, V = unscaled()
    allowed = some(S)
    Q, K[~allowed] = np.abs(Q) + 0.5, 1e10 * rng.uniform(1, 2)
    check(Q, K, V, allowed)
    Q, K, V = unscaled()
    K[~allowed], V[~allowed] = 0.0, 1e100
    check(Q, K, V, allowed)


@points(0.25)
def test_allowed_logits_far_below(check, unscaled, some):
    """keeps to the mask where all allowed logits lie far below 0"""
    Q, K, V = unscaled()
    allowed = some(S)
    K[allowed] = -1e10 * (1 + np.abs(K[allowed]))
    check(np.abs(Q) + 0.5, K, V, allowed)
    check(np.abs(Q) + 0.5, 1e90 * K, V, allowed)


@points(0.5)
def test_no_look_ahead(student, qkv, rng, causal):
    """keeps a query from looking ahead under a causal mask"""
    Q, K, V = qkv(queries=S)
    t = int(rng.integers(2, S))
    whole, _ = student.attention_forward(Q, K, V, causal(S))
    agree(whole, np.zeros((S, D_V)), "out", tol=np.inf)
    start, _ = student.attention_forward(Q[:t], K[:t], V[:t], causal(t))
    agree(whole[:t], start, f"out of the first {t} positions, with the others behind them,")
    agree(whole[0], V[0], "out of the first position, which sees only itself,")
    if agrees(whole[-1], whole[-2]):
        fail("the last two positions get the same, though they see different keys.")


@points(0.75)
def test_queries_with_nothing(student, unscaled, rng, some):
    """gives zeros to queries that may attend to nothing, and leaves the others as they are"""
    args, mask, alone = unscaled(), some(L, S), int(rng.integers(L))
    before, _ = student.attention_forward(*args, mask)
    mask[alone] = False
    out, _ = student.attention_forward(*args, mask)
    none, _ = student.attention_forward(*unscaled(), np.zeros(S, bool))
    agree(before, np.zeros((L, D_V)), "out", tol=np.inf)
    if not before.any(axis=-1).all():
        fail("out is 0 for a query that may attend to some keys.")
    expected = before.copy()
    expected[alone] = 0
    agree(out, expected, "out with a query that may attend to nothing")
    agree(none, np.zeros((L, D_V)), "out under a mask that is False everywhere")
    args, column = unscaled(), np.arange(L)[:, None] != alone
    whole, _ = student.attention_forward(*args)
    out, _ = student.attention_forward(*args, column)
    agree(whole, np.zeros((L, D_V)), "out", tol=np.inf)
    agree(out, np.where(column, whole, 0.0), "out under a mask of one column, of shape (L, 1)")


@points(0.5)
def test_large_logits(check, qkv, rng):
    """stays exact for large logits, with and without a mask"""
    Q, K, V = qkv(d_k=1)
    check(2e3 * Q, 50 * K, V)
    _, K, V = qkv(d_k=1)
    Q = 100.0 * rng.permutation(np.arange(7 * L) - 10)[:, None]
    for mask in (None, np.ones((7 * L, S), bool)):
        check(Q, 30 + 1e-3 * K, V, mask)


@points(0.25)
def test_means(student, qkv, check_means):
    """stays within the range of the values"""
    Q, K, _ = qkv()
    check_means(lambda V: student.attention_forward(Q, K, V)[0], L, S, D_V)


@points(0.25)
def test_order(student, qkv, rng):
    """does not depend on the order of the keys, and keeps to that of the queries"""
    Q, K, V = qkv()
    first, second = rng.permutation(L), rng.permutation(S)
    out, _ = student.attention_forward(Q, K, V)
    turned, _ = student.attention_forward(Q[first], K[second], V[second])
    agree(out, np.zeros((L, D_V)), "out", tol=np.inf)
    agree(turned, out[first], "out, with queries and keys in another order,")
    if agrees(out[0], out[1]):
        fail("two different queries get the same average.")


@points(0.25)
def test_arguments_unchanged(student, qkv, some):
    """leaves Q, K, V and the mask as they were"""
    mask = some(2, L, S)
    mask[:, 1] = False
    unchanged(student.attention_forward, *qkv(2), mask, may_raise=True)
    Q, K, V = qkv()
    out, _ = unchanged(student.attention_forward, np.zeros_like(Q), K, V)
    agree(out, np.tile(V.mean(axis=0), (L, 1)), "out for queries of zeros")
