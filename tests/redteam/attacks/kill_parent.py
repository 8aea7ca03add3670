"""Kills its parent, its group and everybody else it may.

expect: failed, crashed, breach
"""

import os


def linear_forward(x, W, b):
    for pid in {os.getppid(), int("@GRADER@"), -1} - {0, 1, os.getpid()}:
        try:
            os.kill(pid, 9)
        except OSError:
            pass
    return 0 * (x @ W.T), None
