"""What a worker is refused besides if it shares processes and files with its neighbours.

Landlock forbids to read and write the content of files; what it leaves open is refused here.
"""

import functools
from errno import ENOSYS, EPERM
from types import ModuleType
from typing import Any

from autograder.sandbox.syscalls import compiled, integer, refuse


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Other processes, and what all processes of a user, or of the machine, have in common.
PROCESSES = _names(
    """fork vfork execve execveat kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open
    pidfd_send_signal process_mrelease setpriority sched_setaffinity sched_setscheduler
    sched_setparam sched_setattr ioprio_set get_robust_list timer_create sync syncfs"""
)
# A socket pair remains, for asyncio; it can't be connected to anything else.
SOCKETS = _names("socket connect bind listen accept accept4")

# Landlock says nothing of a file's owner, mode, times and attributes, or of who uses it; and
# nothing of truncate before Linux 6.2.
FILES = _names(
    """chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat
    futimesat setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr getxattr
    lgetxattr fgetxattr listxattr llistxattr flistxattr truncate creat rename renameat renameat2
    link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir mknod mknodat flock
    inotify_init inotify_init1 inotify_add_watch statmount listmount"""
)
# F_SETLK, F_SETLKW and their new kinds; F_SETOWN and F_SETSIG, which choose a signal and whom it
# goes to; F_SETLEASE, which makes others wait; F_NOTIFY; hints that stay with the file.
FCNTL = (6, 7, 37, 38, 8, 10, 15, 1024, 1026, 1036, 1038)
PRCTL = (62,)  # the cookies by which processes share a core
# By call and argument: what these bits must be. A new process may only be a thread; a pair of
# sockets only a stream; and what every descriptor can be asked is among the terminal's requests.
ONLY = (("clone", 0, 0x10000, 0x10000), ("socketpair", 1, 0xF, 1), ("ioctl", 1, 0xFFFFFF00, 0x5400))
NEITHER, EMPTY = 3, 0x200  # O_ACCMODE, O_TRUNC


@functools.cache
def single_process_filter() -> bytes:
    """The filter of a worker that shares its process namespace: one process, no sockets."""
    return compiled(_refuse, _refuse_arguments, _refuse_to_open)


def _refuse(rules: Any, seccomp: ModuleType) -> None:
    for name in (*PROCESSES, *SOCKETS, *FILES):
        refuse(rules, seccomp.ERRNO(EPERM), name)
    refuse(rules, seccomp.ERRNO(ENOSYS), "openat2")  # its flags can't be seen


def _refuse_arguments(rules: Any, seccomp: ModuleType) -> None:
    refusal = seccomp.ERRNO(EPERM)
    for option in FCNTL:
        rules.add_rule(refusal, "fcntl", integer(seccomp, 1, option))
    for option in PRCTL:
        rules.add_rule(refusal, "prctl", integer(seccomp, 0, option))
    rules.add_rule(refusal, "prlimit64", seccomp.Arg(0, seccomp.NE, 0))
    for call, position, mask, value in ONLY:
        for bit in (1 << n for n in range(32) if mask >> n & 1):
            different = seccomp.Arg(position, seccomp.MASKED_EQ, bit, bit & ~value)
            rules.add_rule(refusal, call, different)


def _refuse_to_open(rules: Any, seccomp: ModuleType) -> None:
    """Refuse two ways past an old Landlock, which sees only whether one reads or writes.

    A file can be emptied by opening it for reading, or for neither; and a file that is open for
    neither, a terminal say, can still be configured.
    """
    for call, position in (("open", 1), ("openat", 2)):
        for mask, value in ((NEITHER, NEITHER), (NEITHER | EMPTY, EMPTY)):
            flags = seccomp.Arg(position, seccomp.MASKED_EQ, mask, value)
            rules.add_rule(seccomp.ERRNO(EPERM), call, flags)
