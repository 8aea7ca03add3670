"""A toy assignment: one exercise of each form that the kit has to grade."""

import numpy as np


def row_norms(x: np.ndarray) -> np.ndarray:
    """Give the Euclidean length of every row.

    Parameters
    ----------
    x : ndarray, shape (N, D)

    Returns
    -------
    norms : ndarray, shape (N,)
    """
    return np.sqrt((x * x).sum(axis=1))


def unit_rows(x: np.ndarray) -> np.ndarray:
    """Divide every row by its `row_norms`.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Is left as it was.

    Returns
    -------
    rows : ndarray, shape (N, D)
    """
    return x / row_norms(x)[:, None]


def scale_forward(x: np.ndarray, k: np.ndarray) -> tuple[np.ndarray, tuple]:
    """Multiply column j by k[j].

    Parameters
    ----------
    x : ndarray, shape (N, D)
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


def summary(x: np.ndarray) -> dict[str, float | int]:
    """Count and average.

    Parameters
    ----------
    x : ndarray of floats
        At least one; none raises ValueError.

    Returns
    -------
    summary : dict
        "count", an int, and "mean", a float.
    """
    if x.size == 0:
        raise ValueError("nothing to average")
    return {"count": x.size, "mean": x.mean()}
