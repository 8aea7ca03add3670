"""Ignores every signal and swallows every exception, so that nothing ends its loop.

expect: timeout
"""

import signal
import time


def linear_forward(x, W, b):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        try:
            time.sleep(0.5)
        except BaseException:
            pass
