"""Leaves a process behind that goes on writing results after the grader has gone.

expect: failed
"""

import os
import time


def linear_forward(x, W, b):
    try:
        child = os.fork()
    except OSError:
        return 0 * (x @ W.T), None
    if child == 0:
        os.setsid()
        if os.fork() == 0:
            for _ in range(600):
                time.sleep(0.1)
                try:
                    open("@FOLDER@/pwned.json", "w").write('{"score": 100}')
                except OSError:
                    pass
        os._exit(0)
    return 0 * (x @ W.T), None
