"""Hidden tests of conv1d_matrix: both modes by what they do to signals, and their structure."""

import numpy as np

from autograder.suite import agree, points, refuses, unchanged


def full(k, n):
    """The matrix of the full convolution, from NumPy's own."""
    return np.column_stack([np.convolve(k, unit) for unit in np.eye(n)])


def circular(k, n):
    """The matrix of the circular convolution, from the discrete Fourier transform."""
    wound = np.zeros(n)
    np.add.at(wound, np.arange(len(k)) % n, k)
    units = np.fft.fft(np.eye(n), axis=0)
    return np.fft.ifft(np.fft.fft(wound)[:, None] * units, axis=0).real


def has_all_taps(T, k, n):
    """Every column holds every tap; where they stand has cost its own points."""
    agree(T.sum(), n * k.sum(), "the sum of the entries of T")


@points(1.25)
def test_full(student, rng):
    """gives the full convolution, which is what it does when no mode is named"""
    for m, n in [(3, 5), (4, 7), (2, 6)]:
        k = rng.standard_normal(m)
        agree(student.conv1d_matrix(k, n), full(k, n), "T")


@points(0.5)
def test_full_with_a_long_kernel(student, rng):
    """gives the full convolution when the kernel is as long as the signal, or longer"""
    for m, n in [(5, 3), (4, 4), (7, 2)]:
        k = rng.standard_normal(m)
        agree(student.conv1d_matrix(k, n, mode="full"), full(k, n), "T")


@points(1.25)
def test_circular(student, rng):
    """gives the circular convolution: in the Fourier domain, a product"""
    for m, n in [(3, 5), (4, 7), (2, 6), (5, 5)]:
        k = rng.standard_normal(m)
        agree(student.conv1d_matrix(k, n, mode="circular"), circular(k, n), "T")


@points(0.75)
def test_circular_with_a_long_kernel(student, rng):
    """adds up the taps of a kernel that winds around the circle more than once"""
    for m, n in [(5, 3), (7, 4), (11, 3)]:
        k = rng.standard_normal(m)
        agree(student.conv1d_matrix(k, n, mode="circular"), circular(k, n), "T")


@points(0.5)
def test_shifts(student, rng):
    """turns a shifted signal into a shifted output on the circle"""
    k, x = rng.standard_normal(4), rng.standard_normal(7)
    T = student.conv1d_matrix(k, 7, mode="circular")
    agree(T, np.zeros((7, 7)), "T", tol=np.inf)  # shape, type and finiteness
    for v in (1, 3):
        agree(T @ np.roll(x, v), np.roll(T @ x, v), f"the output for x shifted by {v}")
    has_all_taps(T, k, 7)


@points(0.25)
def test_smallest(student, rng):
    """handles a kernel of one tap and a signal of one entry"""
    k = rng.standard_normal(3)
    for mode, expected in {"full": full, "circular": circular}.items():
        agree(student.conv1d_matrix(k[:1], 3, mode=mode), k[0] * np.eye(3), f"T ({mode})")
        agree(student.conv1d_matrix(k, 1, mode=mode), expected(k, 1), f"T ({mode})")


@points(0.25)
def test_unknown_mode(student, rng):
    """raises ValueError for any other mode"""
    k = rng.standard_normal(3)
    for mode in ("full", "circular"):
        student.conv1d_matrix(k, 5, mode=mode)
    for mode in ("valid", "same"):
        refuses(ValueError, student.conv1d_matrix, k, 5, mode=mode)


@points(0.25)
def test_argument_unchanged(student, rng):
    """leaves k as it was"""
    k = rng.standard_normal(3)
    for mode in ("full", "circular"):
        T = unchanged(student.conv1d_matrix, k, 5, mode=mode)
        has_all_taps(T, k, 5)
