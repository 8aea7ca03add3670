"""Multiplies from the wrong side, and counts the channels of each layer one layer too far."""

import numpy as np


def residual_jacobian(jacobians):
    total = np.eye(len(jacobians[0]))
    for J in jacobians:
        total = total @ (np.eye(len(J)) + J)
    return total


def path_contribution(jacobians, length):
    n = len(jacobians[0])
    sums = [np.eye(n)] + [np.zeros((n, n)) for _ in range(length)]
    for J in jacobians:
        for k in range(length, 0, -1):
            sums[k] = sums[k] + sums[k - 1] @ J
    return sums[length]


def densenet_channels(k0, k, L):
    return [k0 + layer * k for layer in range(1, L + 1)]


def densenet_params(k0, k, L, kernel=3):
    return sum(kernel**2 * c * k for c in densenet_channels(k0, k, L))
