"""Reports an exception of no known class, with markup in its name and in its line.

expect: error, breach
"""

import sys

from autograder.wire.messages import Raised, to_wire


def linear_forward(x, W, b):
    caller = sys._getframe(1).f_locals.get("self")
    if hasattr(caller, "channel"):
        name = "<script>alert(1)</script>" * 100
        error = Raised(caller.seq, name, name, (name,) * 500, name, name, ((x, W, b), {}))
        caller.channel.send(to_wire(error), caller.seal)
    raise ValueError
