"""Types into the grader's terminal, and writes to the streams it was started with.

expect: failed
"""

import fcntl
import os


def linear_forward(x, W, b):
    for path in ("/dev/tty", "/dev/console", "/proc/1/fd/1", "/proc/1/fd/2", "/proc/self/fd/0"):
        try:
            terminal = os.open(path, os.O_RDWR | os.O_NOCTTY)
        except OSError:
            continue
        assert not os.isatty(terminal), path
        try:
            fcntl.ioctl(terminal, 0x5412, b"\n")
        except OSError:
            continue
        raise PermissionError(path)
    return 0 * (x @ W.T), None
