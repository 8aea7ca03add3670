# Loops, lists for tuples, NumPy's own numbers, a cache of another form, a helper in a cell.
# ruff: noqa
# %%
import math


class Remembered:
    def __init__(self, **values):
        self.__dict__.update(values)


def length(row):
    return math.hypot(*row)


# %% row_norms
def row_norms(rows):
    return np.array([length(row) for row in rows], dtype=np.float64)


# %% unit_rows
def unit_rows(x):
    return np.stack([row / length(row) for row in x])


# %% scale_forward
def scale_forward(x, k):
    return [np.einsum("nd,d->nd", x, k), Remembered(x=x.copy(), k=k.copy())]


# %% scale_backward
def scale_backward(dout, cache):
    return [dout @ np.diag(cache.k), np.einsum("nd,nd->d", dout, cache.x)]


# %% summary
def summary(x):
    if len(x.ravel()) < 1:
        raise IndexError("empty") if False else ValueError("empty")
    return {
        "mean": np.float32(np.float64(x.mean())).astype(float) * 0 + sum(x) / x.size,
        "count": np.int64(x.size),
    }
