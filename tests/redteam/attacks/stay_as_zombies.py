"""Leaves a handful of sleeping processes behind, each in a session of its own.

expect: failed
"""

import os
import time


def linear_forward(x, W, b):
    for _ in range(5):
        try:
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(3600)
                os._exit(0)
        except OSError:
            break
    return 0 * (x @ W.T), None
