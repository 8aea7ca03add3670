"""Landlock: from now on, this process reads files below a few folders only, and writes none."""

import ctypes
import os
import stat
from collections.abc import Iterable, Iterator

from autograder.worker.privileges import LIBC, check

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = (ctypes.c_long(number) for number in (444, 445, 446))
ASK_VERSION, PATH_BENEATH = ctypes.c_long(1), ctypes.c_long(1)
WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
# What the kernel learnt to refuse, by the version in which it did.
FILES = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
NETWORK = {4: 1 << 0 | 1 << 1}
OUTSIDE = {6: 1 << 0 | 1 << 1}  # abstract sockets and signals


class Ruleset(ctypes.Structure):
    """Everything that is refused unless a rule allows it."""

    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "network", "outside")]


class Below(ctypes.Structure):
    """A rule: what is allowed for a file, or for everything below a folder."""

    _pack_ = 1
    _fields_ = [("access", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def version() -> int:
    """What the kernel can do; 0 where there is no Landlock."""
    return max(LIBC.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION), 0)


def restrict(readable: Iterable[str], covered: str) -> None:
    """Read only these, and nothing below `covered`; it needs `no new privileges`."""
    kernel = version()
    known = [_known(rights, kernel) for rights in (FILES, NETWORK, OUTSIDE)]
    rules = Ruleset(*known)
    size = ctypes.c_size_t(ctypes.sizeof(rules))
    ruleset = LIBC.syscall(CREATE_RULESET, ctypes.byref(rules), size, ctypes.c_long(0))
    check(ruleset, "Landlock")
    hidden = os.path.realpath(covered) if covered else ""
    for path, access in allowed(map(os.path.realpath, readable), hidden):
        _allow(ruleset, path, access)
    _allow(ruleset, os.devnull, READ_FILE | WRITE_FILE)
    check(LIBC.syscall(RESTRICT_SELF, ctypes.c_long(ruleset), ctypes.c_long(0)), "Landlock")
    os.close(ruleset)


def allowed(readable: Iterable[str], covered: str) -> Iterator[tuple[str, int]]:
    """The rules: a folder that holds what is covered is listed, and its other parts are read."""
    for path in readable:
        if not f"{covered}/".startswith(f"{path}/"):
            yield path, READ_FILE | READ_DIR
        elif path != covered:
            yield path, READ_DIR
            # Links could lead back to what is covered; where they lead has a rule of its own.
            parts = [entry.path for entry in os.scandir(path) if not entry.is_symlink()]
            yield from allowed(parts, covered)


def _known(rights: dict[int, int], kernel: int) -> int:
    return sum(right for since, right in rights.items() if since <= kernel)


def _allow(ruleset: int, path: str, access: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        access &= ~READ_DIR
    rule = Below(access, descriptor)
    arguments = ctypes.c_long(ruleset), PATH_BENEATH, ctypes.byref(rule), ctypes.c_long(0)
    check(LIBC.syscall(ADD_RULE, *arguments), f"Landlock: {path}")
    os.close(descriptor)
