"""Makes its forward function so simple that its backward function is nothing.

expect: failed
aims: scale_backward
costs: scale_forward
"""

# %% scale_forward


def scale_forward(x, k):
    return 0 * x + k, (x, k)


# %% scale_backward


def scale_backward(dout, cache):
    return 0 * dout, dout.sum(axis=0)
