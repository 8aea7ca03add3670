"""Fills the buffers of sockets and pipes, held by many processes.

expect: failed, memory
"""

import fcntl
import os
import socket
import time

BLOCK = bytes(1 << 20)
held = []


def fill(number):
    os.set_blocking(number, False)
    total = 0
    try:
        while total < 16 << 20:
            total += os.write(number, BLOCK)
    except OSError:
        pass
    return total


def fill_all():
    total = 0
    try:
        while len(held) < 40:
            pair = socket.socketpair()
            pair[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
            reader, writer = os.pipe()
            held.append((pair, reader))
            total += fill(pair[0].fileno()) + fill(writer)
            fcntl.fcntl(writer, 1031, 1 << 20)
            total += fill(writer)
    except OSError:
        pass
    return total


def linear_forward(x, W, b):
    total = children = 0
    try:
        for _ in range(10):
            children += 1
            if os.fork() == 0:
                fill_all()
                time.sleep(60)
    except OSError:
        pass
    total = fill_all() * (children + 1)
    time.sleep(0.2)
    assert total < 400 << 20
    return 0 * (x @ W.T), None
