"""Which system calls a worker is refused: the rules for seccomp, and the filter made of them."""

import functools
import importlib
import platform
import struct
import tempfile
from collections.abc import Callable
from errno import ENOSYS, EPERM
from types import ModuleType
from typing import Any

from autograder.sandbox.endings import SandboxUnavailable

REMEDY = "The library libseccomp is missing: apt-get install libseccomp2"
MACHINES = ("x86_64", "aarch64")


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Memory that no process has mapped, or that outlives its process: the memory watch can't see it.
MEMORY = _names(
    """memfd_create memfd_secret shmget shmat shmctl shmdt semget semop semtimedop semctl msgget
    msgsnd msgrcv msgctl mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr"""
)

# Namespaces and file systems: the way to privileges over a world of one's own.
WORLDS = _names(
    """unshare setns mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount
    fspick mount_setattr swapon swapoff quotactl quotactl_fd acct name_to_handle_at
    open_by_handle_at fanotify_init"""
)

# Other processes, and parts of the kernel that a lesson has no business with.
KERNEL = _names(
    """ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd bpf
    perf_event_open userfaultfd io_setup io_uring_setup io_uring_enter io_uring_register keyctl
    add_key request_key kexec_load kexec_file_load init_module finit_module delete_module iopl
    ioperm reboot syslog settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname
    vhangup personality lookup_dcookie nfsservctl uselib ustat sysfs _sysctl modify_ldt vmsplice
    move_pages migrate_pages mbind set_mempolicy set_mempolicy_home_node seccomp
    landlock_create_ruleset landlock_add_rule landlock_restrict_self"""
)
NEW_NAMESPACES = (0x80, 0x20000, 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29, 1 << 30)
AF_UNIX, SOL_SOCKET, F_SETPIPE_SZ = 1, 1, 1031
BUFFER_OPTIONS = (7, 8, 32, 33)  # SO_SNDBUF, SO_RCVBUF, and both with force
SHARED_ANONYMOUS = 0x21
# The signal at the parent's death, so that a worker ends with its grader; and PR_SET_DUMPABLE, so
# that an ordinary user's grader can look at its memory.
SETTINGS_THAT_STAY = (1, 4)
TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX

LOW_HALF = 0xFFFFFFFF  # the kernel looks at no more of an int, so a rule must not either
# What a libseccomp of 2020 does not know by name.
NUMBERS = {"process_madvise": 440, "mount_setattr": 442, "quotactl_fd": 443, "memfd_secret": 447}
NUMBERS |= {"landlock_create_ruleset": 444, "landlock_add_rule": 445, "landlock_restrict_self": 446}
NUMBERS |= {"set_mempolicy_home_node": 450, "process_mrelease": 448, "fchmodat2": 452}
NUMBERS |= {"statmount": 457, "listmount": 458, "openat2": 437}
# Calls newer than this list do not exist: load the number, and if it is 463 or more, say ENOSYS.
NEWER = struct.pack("=" + "HBBI" * 3, 0x20, 0, 0, 0, 0x35, 0, 1, 463, 0x06, 0, 0, 0x50000 | ENOSYS)


@functools.cache
def worker_filter() -> bytes:
    """The filter of every worker, as the kernel takes it."""
    return compiled()


def compiled(*more: Callable[[Any, ModuleType], None]) -> bytes:
    """These rules, and what others add to them."""
    seccomp = _library()
    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    rules.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.KILL_PROCESS)
    for add in (_refuse, *more):
        add(rules, seccomp)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return NEWER + file.read()


def _refuse(rules: Any, seccomp: ModuleType) -> None:
    refusal = seccomp.ERRNO(EPERM)
    for name in (*MEMORY, *WORLDS, *KERNEL):
        refuse(rules, refusal, name)
    for flag in NEW_NAMESPACES:
        rules.add_rule(refusal, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    rules.add_rule(seccomp.ERRNO(ENOSYS), "clone3")  # its flags can't be seen; libraries use clone
    anonymous = seccomp.Arg(3, seccomp.MASKED_EQ, SHARED_ANONYMOUS, SHARED_ANONYMOUS)
    rules.add_rule(refusal, "mmap", anonymous)
    for call in ("socket", "socketpair"):  # AF_VSOCK would lead past every namespace
        rules.add_rule(refusal, call, seccomp.Arg(0, seccomp.NE, AF_UNIX))
    level = integer(seccomp, 1, SOL_SOCKET)
    for option in BUFFER_OPTIONS:
        rules.add_rule(refusal, "setsockopt", level, integer(seccomp, 2, option))
    rules.add_rule(refusal, "fcntl", integer(seccomp, 1, F_SETPIPE_SZ))
    for option in SETTINGS_THAT_STAY:
        rules.add_rule(refusal, "prctl", integer(seccomp, 0, option))
    for command in TERMINAL_INPUT:
        rules.add_rule(refusal, "ioctl", integer(seccomp, 1, command))


def refuse(rules: Any, action: int, name: str) -> None:
    """Add a rule for a call as a whole."""
    rules.add_rule(action, NUMBERS.get(name, name))


def integer(seccomp: ModuleType, position: int, value: int) -> Any:
    """The condition that an argument is this int."""
    return seccomp.Arg(position, seccomp.MASKED_EQ, LOW_HALF, value)


def _library() -> ModuleType:
    if platform.machine() not in MACHINES:
        raise SandboxUnavailable(f"no filter of system calls is known for {platform.machine()}")
    try:
        return importlib.import_module("pyseccomp")
    except (ImportError, OSError, RuntimeError) as error:
        raise SandboxUnavailable(REMEDY) from error
