"""Ends the process with status 0 before a test can fail.

expect: exited
"""

import os


def linear_forward(x, W, b):
    os._exit(0)
