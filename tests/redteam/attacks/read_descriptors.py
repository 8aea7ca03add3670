"""Uses what was left open for it: folders, sockets, other processes.

expect: failed
"""

import os
import stat
import sys


def linear_forward(x, W, b):
    caller = sys._getframe(1).f_locals.get("self")
    own = {0, 1, 2, caller.channel.sock.fileno()} if hasattr(caller, "channel") else set(range(256))
    kinds = (stat.S_ISSOCK, stat.S_ISDIR, stat.S_ISFIFO, stat.S_ISBLK)
    for number in set(range(1024)) - own:
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        target = os.readlink(f"/proc/self/fd/{number}")
        assert not any(kind(mode) for kind in kinds), target
        assert "pidfd" not in target, target
    return 0 * (x @ W.T), None
