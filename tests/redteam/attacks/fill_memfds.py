"""Fills files in memory that no file system limits.

expect: failed, memory
"""

import os


def linear_forward(x, W, b):
    total, block = 0, bytes(1 << 20)
    for i in range(100):
        try:
            file = os.memfd_create(f"pwned{i}")
            while total < 600 << 20:
                total += os.write(file, block)
        except OSError:
            pass
    assert total < 400 << 20
    return 0 * (x @ W.T), None
