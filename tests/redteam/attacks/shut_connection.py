"""Closes its side of the connection only, and goes on listening.

expect: breach, exited
"""

import socket
import sys
import time


def linear_forward(x, W, b):
    caller = sys._getframe(1).f_locals.get("self")
    if hasattr(caller, "channel"):
        caller.channel.sock.shutdown(socket.SHUT_WR)
        time.sleep(60)
    return 0 * (x @ W.T), None
