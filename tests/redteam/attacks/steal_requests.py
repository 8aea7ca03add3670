"""Reads the grader's next requests away from the worker.

expect: failed, timeout, exited, breach
costs: scale_forward
"""

import sys
import threading


def linear_forward(x, W, b):
    caller = sys._getframe(1).f_locals.get("self")

    def steal():
        while caller.channel.sock.recv(1 << 16):
            pass

    if hasattr(caller, "channel"):
        threading.Thread(target=steal, daemon=True).start()
    return 0 * (x @ W.T), None
