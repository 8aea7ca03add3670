"""Hidden tests of im2col_blowup: against the arrays themselves, by padding and by stride."""

import numpy as np
import pytest

from autograder.suite import agree, points


@pytest.fixture
def check(student, reference, rng):
    """Compares with the sizes of im2col's result and of its argument."""

    def compare(cases):
        for H, W, *config in cases:
            x = np.zeros((2, 3, H, W))
            ratio = student.im2col_blowup(H, W, *config)
            agree(ratio, reference.im2col(x, *config).size / x.size)

    return compare


@points(0.5)
def test_same_size(student, rng):
    """knows the blow-up of a layer that keeps the size of its images"""
    for k, pad in [(3, 1), (5, 2), (7, 3)]:
        H, W = (rng.permutation(20)[:2] + 10).tolist()
        agree(student.im2col_blowup(H, W, k, k, 1, pad), float(k * k))


@points(0.5)
def test_no_padding(check, rng):
    """counts fewer positions without padding, for images and windows that are not square"""
    for _ in range(3):
        H, W = (rng.permutation(20)[:2] + 10).tolist()
        kh, kw = (rng.permutation(6)[:2] + 2).tolist()
        check([(H, W, kh, kw)])


@points(0.25)
def test_padding(check, rng):
    """counts the padding in the columns and not in x"""
    H, W = (rng.permutation(20)[:2] + 10).tolist()
    check([(H, W, 3, 4, 1, 2), (H, W, 5, 2, 1, 1), (H, W, 1, 2, 1, 3)])


@points(0.5)
def test_stride(check):
    """counts a position at every stride, and none where the window does not fit"""
    check([(11, 16, 3, 4, 2, 0), (9, 14, 3, 4, 2, 1), (8, 11, 3, 4, 2, 0), (13, 9, 4, 2, 3, 1)])


@points(0.25)
def test_gaps(check):
    """falls below 1 when the windows leave gaps"""
    check([(15, 23, 2, 3, 6, 0), (10, 17, 1, 2, 4, 1)])
