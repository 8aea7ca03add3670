"""Leaves a process that no longer asks to die with its parent.

expect: failed
"""

import ctypes
import os
import signal
import time


def linear_forward(x, W, b):
    try:
        child = os.fork()
    except OSError:
        return 0 * (x @ W.T), None
    if child == 0:
        for option in (1, 36):
            ctypes.CDLL(None).prctl(option, 0)
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        os.setsid()
        os.closerange(0, 256)
        if os.fork() == 0:
            time.sleep(3600)
        os._exit(0)
    return 0 * (x @ W.T), None
