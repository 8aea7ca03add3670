"""Forgets the bias in the forward pass."""

import numpy as np


def linear_forward(x, W, b):
    flat = x.reshape(len(x), -1)
    return np.dot(flat, W.T), (x, W)
