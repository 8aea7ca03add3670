"""Who the worker is: never the user with uid 0, and nobody that shares a process count."""

import itertools
import os
from pathlib import Path

CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")
CHROOT = "/usr/sbin/chroot"
NEW_ROOT = "/new"
COUNTER = itertools.count()
HIGH = (1 << 30, 1 << 28)
LOW = (60_000, 1_000)


def namespace() -> tuple[str, ...]:
    """Bubblewrap's options: an ordinary user needs a user namespace; root drops its uid instead."""
    if os.geteuid():
        return ("--unshare-user", "--disable-userns")
    # Inside a user namespace of root's, the worker would still be uid 0 to the kernel.
    return _keep(*CAPABILITIES, "CAP_SYS_CHROOT")


def nesting_namespace() -> tuple[str, ...]:
    """The same, for a process that makes namespaces for others."""
    return ("--unshare-user",) if os.geteuid() else _keep(*CAPABILITIES, "CAP_SYS_ADMIN")


def first_process() -> tuple[str, ...]:
    """Who is the first of the worker's processes: with it, all of them end.

    The end of root's bubblewrap could not end a worker of another uid, but an init of its own.
    An ordinary user's init has the worker's uid and no filter: it could be made to do anything.
    """
    return ("--as-pid-1",) if os.geteuid() else ()


def new_root() -> str:
    """Below which the worker sees its files.

    --disable-userns works only for an ordinary user; in a chroot the kernel refuses user
    namespaces as well, in which a worker could mount file systems of any size.
    """
    return "" if os.geteuid() else NEW_ROOT


def drop() -> tuple[str, ...]:
    """The command that becomes an unprivileged user before Python starts."""
    return () if os.geteuid() else (CHROOT, NEW_ROOT, *_become())


def nesting_drop() -> tuple[str, ...]:
    """The same, for a process that makes namespaces for others.

    Bubblewrap covers parts of root's /proc, and then the kernel lets nobody below mount another.
    """
    if os.geteuid():
        return ()
    return ("/usr/bin/unshare", "--mount", "--mount-proc", *_become())


def _become() -> tuple[str, ...]:
    number = str(unused_id())
    ids = ("--reuid", number, "--regid", number, "--clear-groups")
    sets = ("--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all")
    return ("/usr/bin/setpriv", *ids, *sets, "--no-new-privs", "--")


def _keep(*capabilities: str) -> tuple[str, ...]:
    return tuple(part for name in capabilities for part in ("--cap-add", name))


def unused_id(low: bool = False) -> int:
    """A uid of its own for every worker, because the limit on processes counts per uid."""
    start, count = HIGH if _mapped(sum(HIGH)) and not low else LOW
    return start + (os.getpid() * 64 + next(COUNTER) % 64) % count


def _mapped(number: int) -> bool:
    lines = (line.split() for line in Path("/proc/self/uid_map").read_text().splitlines())
    return any(int(first) <= number < int(first) + int(count) for first, _, count in lines)
