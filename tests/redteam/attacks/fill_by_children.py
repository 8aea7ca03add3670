"""Lets every one of many processes take a part of the memory that is below the limit.

expect: memory, failed
"""

import os
import time


def linear_forward(x, W, b):
    for _ in range(12):
        try:
            if os.fork() == 0:
                held = bytearray(100 << 20)
                held[:: 1 << 12] = b"x" * len(held[:: 1 << 12])
                time.sleep(60)
        except OSError:
            break
    time.sleep(0.3)
    return 0 * (x @ W.T), None
