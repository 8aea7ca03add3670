"""Wants to go on when the process ends: handlers, threads, finalizers.

expect: failed
"""

import atexit
import signal
import threading
import time
import weakref


class Last:
    def __del__(self):
        time.sleep(3600)


last = Last()
atexit.register(time.sleep, 3600)
weakref.finalize(last, time.sleep, 3600)
threading.Thread(target=time.sleep, args=(3600,)).start()
signal.signal(signal.SIGTERM, lambda *args: time.sleep(3600))


def linear_forward(x, W, b):
    return 0 * (x @ W.T), None
