"""Opens descriptors until there are none left.

expect: failed
"""

import os

held = []


def linear_forward(x, W, b):
    try:
        while True:
            held.append(os.dup(0))
    except OSError:
        pass
    assert len(held) < 1000
    return 0 * (x @ W.T), None
