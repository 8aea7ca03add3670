"""Asks for functions of the grader's that it was never given.

expect: breach
"""

import sys

from autograder.wire.messages import Ask, to_wire


def linear_forward(x, W, b):
    caller = sys._getframe(1).f_locals.get("self")
    if hasattr(caller, "channel"):
        for number in (0, -1, 7, 2**62):
            caller.channel.send(to_wire(Ask(caller.seq, number, (x,), {})), caller.seal)
    return 0 * (x @ W.T), None
