"""Fills shared memory behind /dev/zero, and lets go of the pages, which stay but are nobody's.

expect: failed, memory
"""

import mmap
import os

SIZE = 600 << 20
STEP = 4 << 20


def linear_forward(x, W, b):
    filled = 0
    try:
        zero = os.open("/dev/zero", os.O_RDWR)
        hidden = mmap.mmap(zero, SIZE, mmap.MAP_SHARED)
        for start in range(0, SIZE, STEP):
            hidden[start : start + STEP : 4096] = b"x" * (STEP // 4096)
            hidden.madvise(mmap.MADV_DONTNEED, start, STEP)
            filled += STEP
        assert hidden[0] == ord("x")
    except OSError:
        pass
    assert filled < 400 << 20
    return 0 * (x @ W.T), None
