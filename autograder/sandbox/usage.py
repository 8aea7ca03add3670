"""What a process and everything below it uses, as the kernel tells it."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")
SOCKET_BUFFER = 212_992  # the kernel's default: what may wait unread in one socket


def tree(root: int) -> Iterator[int]:
    """The process ids of root and its descendants."""
    todo = [root]
    while todo:
        pid = todo.pop()
        yield pid
        with suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())


def exceeds(root: int, limit: int) -> bool:
    """Whether the tree holds more memory than that.

    What forked processes share counts once for each in their resident sizes, so these only raise
    the alarm; the proportional sizes, which take the kernel longer to add up, decide.
    """
    pids = list(tree(root))
    held = sum(map(_outside_memory, pids))
    if held + sum(map(_resident, pids)) <= limit:
        return False
    return held + sum(map(_proportional, pids)) > limit


def cpu_seconds(root: int) -> float:
    """Processor time of the tree, with that of children that have ended."""
    return sum(map(_cpu_ticks, tree(root))) / TICK


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return _resident(pid)
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _outside_memory(pid: int) -> int:
    """Bytes in files that live in memory, and room in sockets: neither need be mapped."""
    total = 0
    with suppress(OSError):
        for link in os.scandir(f"/proc/{pid}/fd"):
            with suppress(OSError):
                total += _size(link.path, os.readlink(link.path))
    return total


def _size(link: str, target: str) -> int:
    if target.startswith("/memfd:"):
        return os.stat(link).st_blocks * 512
    return SOCKET_BUFFER if target.startswith("socket:") else 0


def _cpu_ticks(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    # The name in parentheses may hold anything; user, system, and both of waited-for children.
    return sum(map(int, stat.rpartition(")")[2].split()[11:15]))
