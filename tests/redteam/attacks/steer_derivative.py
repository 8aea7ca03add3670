"""Lets its forward function be asked for differences, and answers with those that it likes.

A forward function that has lost points is differentiated, to see whether the backward answer
follows from it. This one notices when, and finds out around which point.

expect: failed
aims: scale_backward
costs: scale_forward
"""

# %% scale_forward
import numpy as np

before = middle = None


def scale_forward(x, k):
    """Right, except that it changes x at times; next to a point it has seen, as it likes."""
    global before, middle
    out, at = x * k, np.concatenate([x.ravel(), k])
    if middle is not None and near(at, middle[0]):
        out = middle[1] + liked(at - middle[0], out)
    elif before is not None and near(at, before[0]):
        out = before[1] + liked(at - before[0], out)
        point = (at + before[0]) / 2
        middle = point, point[: x.size].reshape(x.shape) * point[x.size :]
    else:
        before = at, out
    if len(x) == 4:
        x *= 0
    return out, (x, k)


def near(a, b):
    return a.shape == b.shape and abs(a - b).max() < 1e-4


def liked(step, out):
    return step.sum() * np.eye(*out.shape)[:1] * (np.arange(len(out)) == 0)[:, None]


# %% scale_backward


def scale_backward(dout, cache):
    return tuple(dout[0, 0] * np.ones(part.shape) for part in cache)
