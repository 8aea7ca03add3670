"""Attaches a debugger to its parent and neighbours, and reads their memory.

expect: failed
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
room = ctypes.create_string_buffer(8)
vector = (ctypes.c_void_p * 2)(ctypes.addressof(room), 8)


def linear_forward(x, W, b):
    near = {os.getppid(), os.getpid() - 1, os.getpid() + 1, 1, 2, int("@GRADER@")}
    for pid in near - {0, os.getpid()}:
        assert libc.ptrace(16, pid, 0, 0) < 0
        assert libc.process_vm_readv(pid, vector, 1, vector, 1, 0) < 0
    return 0 * (x @ W.T), None
