"""A world of its own for one process: namespaces, a private /tmp, and a view of itself only."""

import os
import stat
from pathlib import Path

from autograder.worker.privileges import LIBC, check

FILES, CGROUP, NAMES, IPC, USER, PROCESSES, NETWORK = (
    0x20000, 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29, 1 << 30
)  # fmt: skip
ALL = FILES | CGROUP | NAMES | IPC | USER | PROCESSES | NETWORK
READ_ONLY, NO_SUID, NO_DEVICES, NO_PROGRAMS = 1, 2, 4, 8
REMOUNT, BIND, RECURSIVE, PRIVATE = 32, 1 << 12, 1 << 14, 1 << 18
HARMLESS = NO_SUID | NO_DEVICES | NO_PROGRAMS
INODES = 10_000


def leave() -> None:
    """Go into new namespaces, under the same user id; children are processes of the new one."""
    user, group = os.geteuid(), os.getegid()
    check(LIBC.unshare(ALL), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def furnish(folder: str, size: int, below: list[str]) -> None:
    """As first process of the new namespaces: mount what it may write and what it may see.

    What lies `below` the folder is shown there again: Python may live below /tmp.
    """
    _mount(None, "/", None, RECURSIVE | PRIVATE)
    covered = {path: os.open(path, os.O_PATH | os.O_NOFOLLOW) for path in below}
    options = f"size={size},nr_inodes={INODES},mode=0700"
    _mount("tmpfs", folder, "tmpfs", NO_SUID | NO_DEVICES, options)
    for path, descriptor in covered.items():
        _show_again(path, descriptor)
        os.close(descriptor)
    _mount("proc", "/proc", "proc", HARMLESS)
    Path("/proc/sys/user/max_user_namespaces").write_text("0")
    _mount("/proc/sys", "/proc/sys", None, BIND)
    _mount(None, "/proc/sys", None, BIND | REMOUNT | READ_ONLY | HARMLESS)


def _show_again(path: str, descriptor: int) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISLNK(mode):
        os.symlink(os.readlink("", dir_fd=descriptor), path)
        return
    os.mkdir(path) if stat.S_ISDIR(mode) else Path(path).touch()
    _mount(f"/proc/self/fd/{descriptor}", path, None, BIND | RECURSIVE)


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str = "") -> None:
    texts = [None if text is None else text.encode() for text in (source, target, kind)]
    check(LIBC.mount(*texts, flags, data.encode()), f"mount {target}")


def require_one_thread() -> None:
    """Namespaces and filters are taken by threads: a second one would stay outside."""
    if len(os.listdir("/proc/self/task")) > 1:
        raise RuntimeError("the process has more than one thread")
