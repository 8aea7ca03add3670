"""Changes its arguments and sends back others: too many, too few, of another kind.

expect: failed, breach
aims: scale_forward
costs: scale_backward
"""

# %% scale_forward
import sys

from autograder.wire.messages import Returned, to_wire


def scale_forward(x, k):
    caller = sys._getframe(1).f_locals.get("self")
    if hasattr(caller, "channel"):
        after = ((x,), {}) if len(x) == 4 else ((x, k, k), {"x": x})
        caller.channel.send(to_wire(Returned(caller.seq, (0 * x, None), after)), caller.seal)
    x *= 0
    return x, None
