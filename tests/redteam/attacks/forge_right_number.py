"""Answers its own call through the worker's connection, with the right number, then returns.

expect: failed, breach
"""

import sys

from autograder.wire.messages import Returned, to_wire


def linear_forward(x, W, b):
    out = 0 * (x @ W.T), None
    caller = sys._getframe(1).f_locals.get("self")
    if hasattr(caller, "channel"):
        reply = Returned(caller.seq, out, ((x, W, b), {}))
        for _ in range(3):
            caller.channel.send(to_wire(reply), caller.seal)
    return out
