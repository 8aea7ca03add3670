"""Hidden tests of col2im: overlaps, padding, stride and what does not fit, each by itself."""

import numpy as np

from autograder.suite import agree, points, unchanged


def columns(rng, shape, kh, kw, stride=1, pad=0):
    """Random columns for images of this shape."""
    N, C, H, W = shape
    positions = ((H + 2 * pad - kh) // stride + 1) * ((W + 2 * pad - kw) // stride + 1)
    return rng.standard_normal((N, C * kh * kw, positions))


def check(student, reference, rng, cases):
    """Compare with the reference for each shape of x and each (kh, kw, stride, pad)."""
    for shape, config in cases:
        cols = columns(rng, shape, *config)
        answer = student.col2im(cols, shape, *config)
        agree(answer, reference.col2im(cols, shape, *config), "dx")


@points(0.75)
def test_overlaps(student, reference, rng):
    """adds up the entries of a pixel that lies in several windows, with stride 1 and no padding"""
    for shape, kernel in [((2, 3, 9, 12), (4, 5)), ((4, 2, 12, 9), (5, 3))]:
        cols = columns(rng, shape, *kernel)
        answer = student.col2im(cols, shape, *kernel)
        agree(answer, reference.col2im(cols, shape, *kernel), "dx")


@points(0.75)
def test_padding(student, reference, rng):
    """drops what belongs to the padding"""
    cases = [((3, 5, 6, 9), (2, 4, 1, 1)), ((2, 4, 9, 5), (6, 3, 1, 2))]
    check(student, reference, rng, cases)


@points(0.5)
def test_stride(student, reference, rng):
    """goes by the stride, downwards and to the right"""
    cases = [((6, 2, 9, 14), (3, 4, 2, 1)), ((5, 2, 12, 8), (4, 1, 3, 2))]
    check(student, reference, rng, cases)


@points(0.5)
def test_what_does_not_fit(student, reference, rng):
    """gives 0 to the pixels below and on the right that no window has reached"""
    cases = [
        ((2, 5, 8, 11), (3, 4, 3, 1)),
        ((5, 2, 9, 12), (3, 4, 4, 1)),
        ((3, 2, 10, 9), (1, 5, 4, 1)),
    ]
    check(student, reference, rng, cases)


@points(0.25)
def test_stride_without_padding(student, reference, rng):
    """handles a stride without padding, whether the windows fill the image or not"""
    cases = [((6, 2, 11, 16), (3, 4, 2, 0)), ((2, 5, 8, 11), (3, 4, 2, 0))]
    check(student, reference, rng, cases)


@points(0.25)
def test_gaps_and_wide_margins(student, reference, rng):
    """handles a stride and a padding that are larger than the window"""
    cases = [
        ((3, 4, 10, 17), (2, 3, 5, 1)),
        ((3, 5, 4, 8), (1, 2, 1, 3)),
        ((2, 3, 1, 4), (2, 3, 4, 5)),
        ((2, 3, 5, 1), (3, 2, 1, 4)),
    ]
    check(student, reference, rng, cases)


@points(0.25)
def test_coverage(student, reference, rng):
    """counts how many windows see each pixel when all columns are ones"""
    shape, config = (1, 1, 5, 7), (3, 2, 1, 1)
    cols = np.ones_like(columns(rng, shape, *config))
    expected = reference.col2im(cols, shape, *config)
    agree(student.col2im(cols, shape, *config), expected, "dx")


@points(0.5)
def test_adjoint(student, reference, rng):
    """is the adjoint of im2col: sum(im2col(x) * cols) = sum(x * col2im(cols))"""
    shape, config = (3, 2, 7, 10), (4, 5, 2, 1)
    x, cols = rng.standard_normal(shape), columns(rng, shape, *config)
    dx = student.col2im(cols, shape, *config)
    agree(dx, x, "dx", tol=np.inf)  # shape, type and finiteness
    agree((x * dx).sum(), (reference.im2col(x, *config) * cols).sum(), "sum(x * dx)")


@points(0.25)
def test_argument_unchanged(student, rng):
    """leaves cols as it was"""
    shape = (2, 3, 6, 7)
    unchanged(student.col2im, columns(rng, shape, 3, 2), shape, 3, 2, may_raise=True)
    unchanged(student.col2im, columns(rng, shape, 3, 2, 2, 1), shape, 3, 2, stride=2, pad=1)
    # Windows of one pixel in a margin, in any order: other mistakes have cost their own points.
    cols = np.zeros((1, 1, 36))
    cols[0, 0].reshape(6, 6)[1:-1, 1:-1] = rng.standard_normal((4, 4))
    dx = student.col2im(cols, (1, 1, 4, 4), 1, 1, pad=1)
    agree(np.sort(dx, axis=None), np.sort(cols[cols != 0]), "dx, sorted,")
