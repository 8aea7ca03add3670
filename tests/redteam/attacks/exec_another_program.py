"""Becomes another program, which keeps the connection and says nothing.

expect: error, breach, exited, timeout
"""

import os


def linear_forward(x, W, b):
    for number in range(3, 256):
        try:
            os.set_inheritable(number, True)
        except OSError:
            pass
    os.execv("/usr/bin/sleep", ["sleep", "3600"])
