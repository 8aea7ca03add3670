"""Fills System V segments and lets go of them, so that they belong to no process.

expect: failed
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
SIZE = 4 << 20


def linear_forward(x, W, b):
    total = 0
    while total < 600 << 20 and (segment := libc.shmget(0, SIZE, 0o1600)) >= 0:
        place = libc.shmat(segment, None, 0)
        if place in (None, 2**64 - 1):
            break
        ctypes.memset(place, 1, SIZE)
        libc.shmdt(ctypes.c_void_p(place))
        total += SIZE
    assert total < 400 << 20
    return 0 * (x @ W.T), None
