"""Sends text that is none, keys that are the same, numbers that are no numbers.

expect: breach
"""

import struct
import sys

import msgpack

TEXT = b"\xa4\xff\xfe\xc0\x80"
TREES = (TEXT, msgpack.packb(["d", 1, 2, 1, 3]), msgpack.packb(["i", "-"]), msgpack.packb(["u"]))


def linear_forward(x, W, b):
    caller = sys._getframe(1).f_locals.get("self")
    if hasattr(caller, "channel"):
        packed = b"\x92\x90" + TREES[len(x) % 4]
        frame = struct.pack("<4sIQ", b"LWF1", len(packed), 0) + packed
        caller.channel.sock.send(frame)
    return 0 * (x @ W.T), None
