"""Answers at once, and fills the memory while the grader thinks about the answer.

expect: failed, memory
costs: scale_forward, scale_backward, stack_forward, numerical_gradient, add_noise
"""

import os
import threading
import time


def linear_forward(x, W, b):
    def fill():
        for _ in range(12):
            if os.fork() == 0:
                held = bytearray(60 << 20)
                held[::4096] = b"x" * len(held[::4096])
                time.sleep(60)

    threading.Thread(target=fill, daemon=True).start()
    return 0 * (x @ W.T), None
