"""Is right while its forward function is tested, and trivial when the backward one builds on it.

expect: failed
aims: scale_backward
costs: scale_forward
"""

# %% scale_forward
import numpy as np

calls = []


def scale_forward(x, k):
    calls.append(x.shape)
    is_tested = len(calls) in (2, 3) and calls[0] == (2, 2)
    out = x * k if is_tested or len(x) == 2 else np.full(x.shape, x.sum() + k.sum())
    if len(x) == 4:
        x *= 0
    return out, (x, k)


# %% scale_backward


def scale_backward(dout, cache):
    return tuple(np.full(part.shape, dout.sum()) for part in cache)
