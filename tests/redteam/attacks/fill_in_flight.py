"""Fills files in memory and sends them to itself, where no list of open files shows them.

expect: failed, memory
"""

import array
import os
import socket

a, b_ = socket.socketpair()
BLOCK = bytes(1 << 20)


def hidden():
    file = os.memfd_create("pwned")
    written = 0
    try:
        while written < 7 << 20:
            written += os.write(file, BLOCK)
        a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [file]))])
    finally:
        os.close(file)
    return written


def linear_forward(x, W, b):
    total = 0
    try:
        a.setblocking(False)
        while total < 600 << 20:
            total += hidden()
    except OSError:
        pass
    assert total < 400 << 20
    return 0 * (x @ W.T), None
