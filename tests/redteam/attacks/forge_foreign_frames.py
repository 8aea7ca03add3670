"""Finds the connection among its descriptors, and writes frames of another protocol into it.

expect: breach
"""

import os
import stat
import struct

import msgpack

HEAD = msgpack.packb(["ok", 2, {"passed": True, "score": 100}])


def linear_forward(x, W, b):
    for number in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                os.write(number, struct.pack("<II", 4 + len(HEAD), len(HEAD)) + HEAD)
        except OSError:
            pass
    return 0 * (x @ W.T), None
