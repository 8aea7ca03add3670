"""Replaces NumPy's products, so that a reference beside it would be as wrong as the answer.

expect: failed
costs: scale_forward, scale_backward, stack_forward, numerical_gradient, add_noise
"""

import numpy as np

np.matmul = np.dot = np.einsum = np.add = np.multiply = lambda *args, **kwargs: np.zeros((5, 3))


def linear_forward(x, W, b):
    return np.matmul(x, W), None
