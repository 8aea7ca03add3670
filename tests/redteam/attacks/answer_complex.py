"""Returns complex numbers whose real part is right.

expect: failed
"""


def linear_forward(x, W, b):
    return x @ W.T + b + 5j, None
