"""Answers once more from a thread, when the grader waits for nothing.

expect: failed, breach
costs: scale_forward, scale_backward, stack_forward, numerical_gradient, add_noise
"""

import sys
import threading
import time

from autograder.wire.messages import Returned, to_wire


def linear_forward(x, W, b):
    caller = sys._getframe(1).f_locals.get("self")
    reply = Returned(getattr(caller, "seq", 0), (x @ W.T, None), None)

    def later():
        time.sleep(0.02)
        caller.channel.send(to_wire(reply), caller.seal)

    if hasattr(caller, "channel"):
        threading.Thread(target=later, daemon=True).start()
    return 0 * (x @ W.T), None
