"""Crashes with a dump of its memory.

expect: crashed
"""

import os


def linear_forward(x, W, b):
    os.abort()
