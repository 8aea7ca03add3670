"""Sends a frame byte by byte, and never the last one.

expect: timeout
"""

import sys
import time


def linear_forward(x, W, b):
    caller = sys._getframe(1).f_locals.get("self")
    while hasattr(caller, "channel"):
        caller.channel.sock.send(b"LWF1\x00\x00\x01\x00"[:1])
        time.sleep(0.3)
    return 0 * (x @ W.T), None
