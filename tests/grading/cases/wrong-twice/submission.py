# The forward function is wrong, and neither gradient is its derivative.
# ruff: noqa
# %% scale_forward
def scale_forward(x, k):
    return x + k, (x, k)


# %% scale_backward
def scale_backward(dout, cache):
    x, k = cache
    return dout * x, 2 * dout.sum(axis=0)
