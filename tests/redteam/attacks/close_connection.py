"""Closes every descriptor, so that no answer can come, and keeps running.

expect: breach
"""

import os
import time


def linear_forward(x, W, b):
    os.closerange(3, 256)
    while True:
        time.sleep(1)
