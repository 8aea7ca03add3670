"""Gives up what a worker has no need of: capabilities, new privileges, and most system calls."""

import ctypes
import os
import signal

LIBC = ctypes.CDLL(None, use_errno=True)
SET_PARENT_DEATH_SIGNAL = 1
SET_DUMPABLE, SET_SECCOMP, DROP_BOUNDING, NO_NEW_PRIVILEGES, AMBIENT = 4, 22, 24, 38, 47
FILTER, CLEAR_ALL = 2, 4
CAPABILITY_VERSION_3 = 0x20080522


class Program(ctypes.Structure):
    """A filter as the kernel takes it: the number of its instructions, and where they are."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def check(result: int, what: str) -> None:
    """Raise OSError if a call of the C library failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def drop_capabilities(user: int = 0) -> None:
    """None is left, and none can be had any more; become this user on the way."""
    for capability in range(64):
        if LIBC.prctl(DROP_BOUNDING, ctypes.c_ulong(capability), 0, 0, 0) < 0:
            break  # the kernel knows no more of them
    if user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    _prctl(AMBIENT, CLEAR_ALL, "ambient capabilities")
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    check(LIBC.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def stay_visible() -> None:
    """Undo what a change of user does: the process may look at its own /proc/self again."""
    _prctl(SET_DUMPABLE, 1, "dumpable")


def end_with_parent() -> None:
    """Have the kernel end this process when its parent ends."""
    _prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, "signal at the parent's end")


def gain_none() -> None:
    """No program that is run from here has more privileges than this process."""
    _prctl(NO_NEW_PRIVILEGES, 1, "no new privileges")


def filter_system_calls(instructions: bytes) -> None:
    """Refuse system calls from now on, for this process and all below it."""
    gain_none()
    buffer = ctypes.create_string_buffer(instructions, len(instructions))
    program = Program(len(instructions) // 8, ctypes.addressof(buffer))
    check(LIBC.prctl(SET_SECCOMP, ctypes.c_ulong(FILTER), ctypes.byref(program), 0, 0), "seccomp")


def _prctl(option: int, value: int, what: str) -> None:
    zero = ctypes.c_ulong(0)
    check(LIBC.prctl(option, ctypes.c_ulong(value), zero, zero, zero), what)
