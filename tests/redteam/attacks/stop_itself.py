"""Stops its own process, which then neither answers nor ends.

expect: failed, timeout
"""

import os
import signal


def linear_forward(x, W, b):
    try:
        os.kill(os.getpid(), signal.SIGSTOP)
    except OSError:
        pass
    return 0 * (x @ W.T), None
