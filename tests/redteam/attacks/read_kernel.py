"""Reads the memory, the log and the keys of the kernel.

expect: failed
"""

import ctypes

FILES = ("/dev/mem", "/dev/kmsg", "/proc/kcore", "/proc/kmsg", "/sys/kernel/debug/tracing/trace")


def linear_forward(x, W, b):
    for name in FILES:
        try:
            found = open(name, "rb").read(16)
        except OSError:
            continue
        assert not found, name
    room = ctypes.create_string_buffer(4096)
    assert ctypes.CDLL(None).klogctl(3, room, 4096) < 0
    return 0 * (x @ W.T), None
