"""Forks, and lets parent and child both go on as the worker.

expect: failed, error, breach, missing
costs: scale_forward, scale_backward, stack_forward, numerical_gradient, add_noise
"""

import os

own = os.getpid()
os.getpid = lambda: own


def linear_forward(x, W, b):
    os.fork()
    return 0 * (x @ W.T), None
