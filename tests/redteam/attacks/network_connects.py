"""Connects to the grader's machine, to the internet and to its name server.

expect: failed
"""

import socket

HERE = "127.0.0.1", int("@PORT@")


def linear_forward(x, W, b):
    stream, datagram = socket.SOCK_STREAM, socket.SOCK_DGRAM
    abroad = "1.1.1.1", 53
    for kind, address in (stream, HERE), (stream, abroad), (datagram, abroad):
        try:
            with socket.socket(socket.AF_INET, kind) as s:
                s.settimeout(0.1)
                s.connect(address)
                s.send(b"hidden inputs")
        except OSError:
            continue
        raise ConnectionError(address)
    return 0 * (x @ W.T), None
