"""Opens sockets of families that lead out of a network namespace or into rare code.

expect: failed
"""

import socket

RARE = {"AF_NETLINK": (16, 3, 0), "AF_PACKET": (17, 3, 0), "AF_ALG": (38, 5, 0)}
RARE |= {"AF_VSOCK": (40, 1, 0), "AF_TIPC": (30, 1, 0), "AF_XDP": (44, 3, 0), "raw": (2, 3, 1)}


def linear_forward(x, W, b):
    opened = []
    for name, arguments in RARE.items():
        try:
            socket.socket(*arguments).close()
            opened.append(name)
        except OSError:
            pass
    assert not opened
    return 0 * (x @ W.T), None
