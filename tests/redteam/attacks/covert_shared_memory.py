"""Looks in System V memory, message queues and /dev/shm for what another submission left.

expect: failed
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
KEY = 0x5EED


def linear_forward(x, W, b):
    left = [libc.shmget(KEY, 4096, 0o666) >= 0, libc.msgget(KEY, 0o666) >= 0]
    libc.shmget(KEY, 4096, 0o1666)
    libc.msgget(KEY, 0o1666)
    try:
        left.append(bool(os.listdir("/dev/shm")))
        open("/dev/shm/left", "w").write("inputs")
    except OSError:
        pass
    calls = globals().setdefault("calls", [])
    calls.append(x)
    assert len(calls) > 1 or not any(left)
    return 0 * (x @ W.T), None
