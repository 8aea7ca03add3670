"""Hidden tests of block_attention: where it is exact, and what it gives where it is not."""

import numpy as np
import pytest

from autograder.suite import agree, points, unchanged

D_K, D_V = 3, 5
pytestmark = pytest.mark.on_call("softmax")  # of one position's logits, or of several's


@pytest.fixture
def qkv(draw):
    """Draws Q, K and V."""
    return lambda n, d_k=D_K: draw((n, d_k), (n, d_k), (n, D_V))


@pytest.fixture
def unscaled(qkv):
    """Draws them with d_k = 1: a wrong scale has cost its points elsewhere."""
    return lambda n: qkv(n, 1)


@pytest.fixture
def check(student, reference):
    """Compares out with the reference's."""

    def compare(*args):
        out, _ = student.block_attention(*args)
        n, block = len(args[0]), args[3]
        right = reference.block_attention(*args)[0]
        agree(out, right, f"out for {n} positions in blocks of {block}")

    return compare


@points(1)
def test_values(check, qkv):
    """attends to its own block exactly, and to every other one in summary"""
    check(*qkv(12), 4)
    check(*qkv(10), 2)


@points(0.75)
def test_shorter_last_block(check, unscaled):
    """treats a shorter last block as one of its own length"""
    check(*unscaled(11), 4)
    check(*unscaled(7), 6)


@points(0.5)
def test_one_block(student, reference, qkv):
    """is full attention where there is one block only"""
    for block in (8, 11):
        Q, K, V = qkv(8)
        out, _ = student.block_attention(Q, K, V, block)
        agree(out, reference.attention_forward(Q, K, V)[0], f"out for blocks of {block} of 8")


@points(0.5)
def test_blocks_of_one(student, reference, unscaled):
    """is full attention where every block is a single position"""
    Q, K, V = unscaled(7)
    out, _ = student.block_attention(Q, K, V, 1)
    agree(out, reference.attention_forward(Q, K, V)[0], "out for blocks of one")


@points(0.75)
def test_equal_keys(student, reference, unscaled):
    """is full attention where the keys and values inside each block are equal"""
    for n, block in [(12, 4), (11, 3)]:
        Q, K, V = unscaled(n)
        first = np.arange(n) // block * block
        out, _ = student.block_attention(Q, K[first], V[first], block)
        right, _ = reference.attention_forward(Q, K[first], V[first])
        agree(out, right, f"out for {n} positions in blocks of {block}")


@points(0.75)
def test_scores_per_query(student, qkv):
    """counts the logits of every query"""
    for n, block in [(12, 4), (11, 3), (5, 7)]:
        _, counts = student.block_attention(*qkv(n), block)
        counts = list(counts) if isinstance(counts, np.ndarray) and counts.ndim == 1 else counts
        right = [min(block, n - i // block * block) + -(-n // block) - 1 for i in range(n)]
        agree(counts, right, "scores_per_query")


@points(0.25)
def test_large_logits(check, rng, unscaled):
    """stays exact for large logits"""
    Q, K, V = unscaled(10)
    check(2e3 * Q, 50 * K, V, 4)
    check(50 * rng.permutation(np.arange(10) - 4.5)[:, None], 60 + 1e-2 * K, V, 4)


@points(0.25)
def test_means(student, qkv, check_means):
    """stays within the range of the values"""
    Q, K, _ = qkv(11)
    check_means(lambda V: student.block_attention(Q, K, V, 4)[0], 11, 11, D_V)


@points(0.25)
def test_arguments_unchanged(student, qkv):
    """leaves Q, K and V as they were"""
    unchanged(student.block_attention, *qkv(7), 3, may_raise=True)
    Q, K, V = qkv(1)
    out, _ = unchanged(student.block_attention, Q, K, V, 1)
    agree(out, V, "out for a single position")
