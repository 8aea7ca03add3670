"""Hidden tests of conv2d_forward: kernel, bias, stride, padding, each by itself, and shifts."""

import numpy as np

from autograder.suite import agree, points, unchanged


def arguments(rng, x_shape, W_shape, bias=0.0):
    """x, W and b; a bias of zeros leaves its mistakes to test_bias."""
    b = bias * rng.standard_normal(W_shape[0])
    return rng.standard_normal(x_shape), rng.standard_normal(W_shape), b


def check(student, reference, rng, cases):
    """Compare with the reference for each shape of x and W and each (stride, pad)."""
    for x_shape, W_shape, config in cases:
        x, W, b = arguments(rng, x_shape, W_shape)
        out, _ = student.conv2d_forward(x, W, b, *config)
        agree(out, reference.conv2d_forward(x, W, b, *config)[0], "out")


@points(1.25)
def test_values(student, reference, rng):
    """weighs every window with every kernel, with stride 1 and no padding (here without bias)"""
    cases = [((2, 3, 9, 12), (7, 3, 4, 5), ()), ((4, 2, 12, 9), (6, 2, 5, 3), ())]
    check(student, reference, rng, cases)


@points(0.75)
def test_bias(student, rng):
    """adds the bias of its kernel to every output (here with kernels of zeros)"""
    for x_shape, W_shape in [((2, 3, 9, 12), (7, 3, 4, 5)), ((3, 2, 7, 5), (4, 2, 2, 1))]:
        x, W, b = arguments(rng, x_shape, W_shape, bias=1.0)
        out, _ = student.conv2d_forward(x, 0 * W, b)
        h_out, w_out = (x_shape[a] - W_shape[a] + 1 for a in (2, 3))
        shape = (x_shape[0], W_shape[0], h_out, w_out)
        agree(out, np.broadcast_to(b[:, None, None], shape).copy(), "out")


@points(0.25)
def test_bias_and_kernels(student, reference, rng):
    """handles kernels, bias, stride and padding all at once"""
    x, W, b = arguments(rng, (3, 2, 8, 11), (5, 2, 3, 4), bias=1.0)
    out, _ = student.conv2d_forward(x, W, b, stride=2, pad=1)
    agree(out, reference.conv2d_forward(x, W, b, stride=2, pad=1)[0], "out")


@points(0.75)
def test_stride(student, reference, rng):
    """moves the window by the stride, downwards and to the right"""
    cases = [((6, 2, 11, 16), (9, 2, 3, 4), (2, 0)), ((5, 2, 16, 10), (3, 2, 4, 1), (3, 0))]
    check(student, reference, rng, cases)


@points(1)
def test_padding(student, reference, rng):
    """adds zeros on all four sides"""
    cases = [((3, 5, 6, 9), (4, 5, 2, 3), (1, 1)), ((2, 4, 9, 5), (3, 4, 6, 1), (1, 2))]
    check(student, reference, rng, cases)


@points(0.5)
def test_what_does_not_fit(student, reference, rng):
    """drops windows that do not fit, with and without padding"""
    cases = [
        ((2, 5, 8, 11), (6, 5, 3, 4), (2, 0)),
        ((5, 2, 9, 12), (7, 2, 3, 4), (3, 1)),
        ((3, 2, 10, 8), (4, 2, 1, 5), (2, 1)),
    ]
    check(student, reference, rng, cases)


@points(0.25)
def test_gaps_and_large_kernels(student, reference, rng):
    """handles a stride larger than the kernel, and a kernel larger than the image"""
    cases = [((3, 4, 10, 17), (6, 4, 2, 3), (5, 0)), ((3, 2, 4, 5), (7, 2, 6, 8), (1, 2))]
    check(student, reference, rng, cases)


@points(0.25)
def test_single(student, reference, rng):
    """handles one image, one channel, one kernel, one pixel"""
    cases = [
        ((1, 4, 6, 5), (3, 4, 2, 3), ()),
        ((3, 1, 6, 5), (2, 1, 3, 2), ()),
        ((2, 3, 5, 6), (1, 3, 2, 3), ()),
        ((3, 4, 5, 6), (2, 4, 1, 1), ()),
    ]
    check(student, reference, rng, cases)


@points(0.25)
def test_impulse(student, rng):
    """answers one bright pixel with the kernel upside down and back to front"""
    x, W = np.zeros((1, 1, 7, 9)), rng.standard_normal((1, 1, 2, 3))
    x[0, 0, 3, 5] = 1.0
    out, _ = student.conv2d_forward(x, W, np.zeros(1))
    expected = np.zeros((1, 1, 6, 7))
    expected[0, 0, 2:4, 3:6] = W[0, 0, ::-1, ::-1]
    agree(out, expected, "out")


@points(0.5)
def test_shifts(student, rng):
    """turns a shifted image into shifted feature maps, as long as nothing leaves the image"""
    x, W, b = arguments(rng, (2, 3, 12, 15), (4, 3, 3, 2))
    x[:, :, [0, 1, 2, -1, -2, -3]] = 0
    x[:, :, :, [0, 1, 2, -1, -2, -3]] = 0
    shifted = np.roll(x, (1, -1), axis=(2, 3))
    out, _ = student.conv2d_forward(x, W, b)
    moved, _ = student.conv2d_forward(shifted, W, b)
    agree(out, np.zeros((2, 4, 10, 14)), "out", tol=np.inf)  # shape, type and finiteness
    agree(moved, np.roll(out, (1, -1), axis=(2, 3)), "out for the shifted image")
    # Every pixel meets every weight of its channel once; where has cost its own points.
    sums = np.einsum("nchw,kcuv->nk", x, W)
    agree(out.sum(axis=(2, 3)), sums, "the sum over every feature map")


@points(0.25)
def test_arguments_unchanged(student, rng):
    """leaves x, W and b as they were"""
    x, W, b = arguments(rng, (2, 3, 6, 7), (4, 3, 3, 2), bias=1.0)
    unchanged(student.conv2d_forward, x, W, b)
    unchanged(student.conv2d_forward, x, W, b, stride=2, pad=1)
    # A kernel of one weight, in any order and shape: other mistakes have cost their own points.
    x, W, _ = arguments(rng, (1, 1, 4, 4), (1, 1, 1, 1))
    out, _ = student.conv2d_forward(x, W, np.zeros(1))
    agree(np.sort(out, axis=None), np.sort(W.item() * x, axis=None), "out, sorted,")
