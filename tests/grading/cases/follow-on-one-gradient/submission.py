# The forward function is wrong; of two gradients, one is right for it.
# ruff: noqa
# %% scale_forward
def scale_forward(x, k):
    return x + k, (x, k)


# %% scale_backward
def scale_backward(dout, cache):
    x, k = cache
    return dout * x, dout.sum(axis=0)
