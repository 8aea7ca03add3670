"""Leaves processes that take all processors while the other exercises are tested.

expect: failed, memory
"""

import os


def linear_forward(x, W, b):
    for _ in range(6):
        try:
            if os.fork() == 0:
                while True:
                    pass
        except OSError:
            pass
    return 0 * (x @ W.T), None
