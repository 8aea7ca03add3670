"""Hidden tests of im2col: window, stride, padding and what does not fit, each by itself."""

import numpy as np

from autograder.suite import agree, points, unchanged


def check(student, reference, rng, cases):
    """Compare with the reference for each shape of x and each (kh, kw, stride, pad)."""
    for shape, config in cases:
        x = rng.standard_normal(shape)
        agree(student.im2col(x, *config), reference.im2col(x, *config), "cols")


@points(1)
def test_windows(student, reference, rng):
    """copies every window into its column, with stride 1 and no padding"""
    for shape, kernel in [((2, 3, 9, 12), (4, 5)), ((4, 2, 12, 9), (5, 3))]:
        x = rng.standard_normal(shape)
        agree(student.im2col(x, *kernel), reference.im2col(x, *kernel), "cols")


@points(0.75)
def test_stride(student, reference, rng):
    """moves the window by the stride, downwards and to the right"""
    cases = [((6, 2, 11, 16), (3, 4, 2, 0)), ((5, 2, 16, 10), (4, 1, 3, 0))]
    check(student, reference, rng, cases)


@points(0.75)
def test_padding(student, reference, rng):
    """adds zeros on all four sides"""
    cases = [((3, 5, 6, 9), (2, 4, 1, 1)), ((2, 4, 9, 5), (6, 3, 1, 2))]
    check(student, reference, rng, cases)


@points(0.5)
def test_what_does_not_fit(student, reference, rng):
    """drops what is left over below or on the right, with and without padding"""
    cases = [
        ((2, 5, 8, 11), (3, 4, 2, 0)),
        ((5, 2, 9, 12), (3, 4, 3, 1)),
        ((2, 3, 7, 10), (5, 4, 2, 0)),  # below nothing is left over; H_out = 2, W_out = 4
        ((3, 2, 10, 8), (1, 5, 2, 1)),
    ]
    check(student, reference, rng, cases)


@points(0.25)
def test_gaps_and_wide_margins(student, reference, rng):
    """handles a stride and a padding that are larger than the window"""
    cases = [
        ((3, 4, 10, 17), (2, 3, 5, 0)),
        ((3, 5, 4, 8), (1, 2, 1, 3)),
        ((2, 3, 1, 4), (2, 3, 4, 5)),
        ((2, 3, 5, 1), (3, 2, 1, 4)),
    ]
    check(student, reference, rng, cases)


@points(0.25)
def test_extreme_windows(student, reference, rng):
    """handles windows of one pixel, and windows as large as the padded image"""
    cases = [
        ((2, 3, 4, 5), (1, 1, 1, 0)),
        ((2, 3, 4, 6), (4, 6, 1, 0)),
        ((3, 2, 5, 4), (7, 6, 1, 1)),
    ]
    check(student, reference, rng, cases)


@points(0.25)
def test_single(student, reference, rng):
    """handles a single image of a single channel"""
    cases = [((1, 1, 5, 7), (2, 3, 1, 0)), ((1, 1, 6, 4), (3, 2, 1, 1))]
    check(student, reference, rng, cases)


@points(0.25)
def test_argument_unchanged(student, rng):
    """leaves x as it was"""
    unchanged(student.im2col, rng.standard_normal((2, 3, 6, 7)), 3, 2)
    unchanged(student.im2col, rng.standard_normal((2, 3, 6, 7)), 3, 2, stride=2, pad=1)
    # Windows of one pixel, in any order and shape: what is wrong otherwise has cost its own points.
    x = rng.standard_normal((1, 1, 4, 4))
    cols = student.im2col(x, 1, 1)
    agree(np.sort(cols, axis=None), np.sort(x, axis=None), "cols, sorted,")
