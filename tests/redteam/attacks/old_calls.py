"""Makes system calls by the 32-bit and x32 entries, which a filter for 64 bits may overlook.

expect: failed, crashed
"""

import ctypes
import mmap
import platform

CODE = bytes.fromhex("53 89f8 89f3 31c9 31d2 31f6 cd80 5b c3")
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p


def old_call(number, argument):
    page = libc.mmap(None, 4096, 7, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40, -1, 0)
    if page in (None, 2**64 - 1):
        return -1
    ctypes.memmove(page, CODE, len(CODE))
    ctypes.memmove(page + 100, b"pwned\0", 6)
    call = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int)(page)
    return call(number, page + 100 if argument is None else argument)


def linear_forward(x, W, b):
    if platform.machine() == "x86_64":
        assert libc.syscall(0x40000000 + 319, b"pwned", 0) < 0
        assert old_call(356, None) < 0
        assert old_call(310, 0x10000000) < 0
    return 0 * (x @ W.T), None
