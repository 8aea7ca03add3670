"""Returns a dict of thousands of integers that all have one hash.

expect: failed
"""


def linear_forward(x, W, b):
    return {i * (2**61 - 1): None for i in range(4_000)}, None
