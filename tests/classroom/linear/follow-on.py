"""Doubles the bias, and differentiates that layer rightly."""


def linear_forward(x, W, b):
    return x.reshape(len(x), -1) @ W.T + 2 * b, (x, W)


def linear_backward(dout, cache):
    x, W = cache
    flat = x.reshape(len(x), -1)
    return (dout @ W).reshape(x.shape), dout.T @ flat, 2 * dout.sum(axis=0)
