"""Connects to unix sockets of the machine: abstract ones, named ones, those of its services.

expect: failed
"""

import socket

NAMES = ("\0@ABSTRACT@", "@SOCKET@", "/run/docker.sock", "/run/dbus/system_bus_socket")


def linear_forward(x, W, b):
    for name in (*NAMES, "/tmp/.X11-unix/X0", "\0/tmp/.X11-unix/X0"):
        try:
            with socket.socket(socket.AF_UNIX) as s:
                s.connect(name)
        except OSError:
            continue
        raise ConnectionError(name)
    return 0 * (x @ W.T), None
