"""Batch norm that never leaves training mode, and mixes the statistics the other way round."""

import numpy as np


def batchnorm_forward(x, gamma, beta, state, train, momentum=0.1, eps=1e-5):
    axes = (0,) if x.ndim == 2 else (0, 2, 3)
    shape = (-1,) if x.ndim == 2 else (-1, 1, 1)
    deviation = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    xhat = (x - x.mean(axis=axes, keepdims=True)) / deviation
    g = np.reshape(gamma, shape)
    out = g * xhat + np.reshape(beta, shape)
    m = x.size / len(gamma)
    new_state = {
        "mean": momentum * state["mean"] + (1 - momentum) * x.mean(axis=axes),
        "var": momentum * state["var"] + (1 - momentum) * x.var(axis=axes) * m / (m - 1),
    }
    return out, (xhat, g, axes, (xhat, 1 / deviation, axes)), new_state
