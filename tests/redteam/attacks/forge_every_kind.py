"""Answers a call with messages that only the grader sends, and with kinds that do not exist.

expect: breach
"""

import sys

from autograder.wire.messages import Answer, Cell, Hello, Ran, to_wire


def linear_forward(x, W, b):
    caller = sys._getframe(1).f_locals.get("self")
    if hasattr(caller, "channel"):
        seq = caller.seq
        kinds = [Ran(seq, [], None), Hello(seq), Answer(seq, 1.0, None), Cell(seq, "1", True)]
        message = to_wire(kinds[len(x) % 4])
        caller.channel.send(message if len(x) > 1 else ("Score", seq, 100.0), caller.seal)
    return 0 * (x @ W.T), None
