# The forward function is wrong; the backward function is its derivative.
# ruff: noqa
# %% scale_forward
def scale_forward(x, k):
    return 3 * x * k + k, (x, k)


# %% scale_backward
def scale_backward(dout, cache):
    x, k = cache
    return 3 * dout * k, ((3 * x + 1) * dout).sum(axis=0)
