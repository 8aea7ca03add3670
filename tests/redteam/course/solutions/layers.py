"""The assignment under attack: one exercise of each form that an attack can aim at."""

from collections.abc import Callable

import numpy as np


def linear_forward(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, tuple]:
    """Map every row x to W x + b.

    Parameters
    ----------
    x : ndarray, shape (N, d_in)
    W : ndarray, shape (d_out, d_in)
    b : ndarray, shape (d_out,)

    Returns
    -------
    out : ndarray, shape (N, d_out)
    cache : tuple
        Stays with the student.
    """
    return x @ W.T + b, (x, W, b)


def scale_forward(x: np.ndarray, k: np.ndarray) -> tuple[np.ndarray, tuple]:
    """Multiply column j by k[j].

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Is left as it was.
    k : ndarray, shape (D,)

    Returns
    -------
    out : ndarray, shape (N, D)
    cache : tuple
        Whatever `scale_backward` needs.
    """
    return x * k, (x, k)


def scale_backward(dout: np.ndarray, cache: tuple) -> tuple[np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out).

    Parameters
    ----------
    dout : ndarray, shape (N, D)
    cache : tuple
        The second value of `scale_forward`.

    Returns
    -------
    dx : ndarray, shape (N, D)
    dk : ndarray, shape (D,)
    """
    x, k = cache
    return dout * k, (dout * x).sum(axis=0)


def stack_forward(x: np.ndarray, W: np.ndarray, b: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Scale what the linear layer gives.

    Parameters
    ----------
    x : ndarray, shape (N, d_in)
    W : ndarray, shape (d_out, d_in)
    b, k : ndarray, shape (d_out,)

    Returns
    -------
    out : ndarray, shape (N, d_out)
    """
    return scale_forward(linear_forward(x, W, b)[0], k)[0]


def numerical_gradient(f: Callable, x: np.ndarray) -> np.ndarray:
    """Differentiate f at x by central differences of step 1e-5.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of x, and gives a float.
    x : ndarray, shape (D,)

    Returns
    -------
    gradient : ndarray, shape (D,)
    """
    steps = 1e-5 * np.eye(x.size)
    return np.array([(f(x + step) - f(x - step)) / 2e-5 for step in steps])


def add_noise(rng: np.random.Generator, x: np.ndarray) -> np.ndarray:
    """Add standard normal noise, drawn in one go.

    Parameters
    ----------
    rng : numpy.random.Generator
    x : ndarray, shape (N, D)

    Returns
    -------
    noisy : ndarray, shape (N, D)
    """
    return x + rng.standard_normal(x.shape)
