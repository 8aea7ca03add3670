"""Watches the memory of one worker: by a control group where one can be made, else by looking."""

import itertools
import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from autograder.sandbox import usage

GROUPS = Path("/sys/fs/cgroup")
COUNTER = itertools.count()


class Watch(Protocol):
    """Tells whether a worker has used more memory than it may."""

    name: str

    def exhausted(self) -> bool:
        """Whether it has."""

    def close(self) -> None:
        """The worker has ended."""


class Looking:
    """Adds up what the worker's processes hold, every time that it is asked."""

    name = "watchdog"

    def __init__(self, pid: int, limit: int) -> None:
        self.pid, self.limit = pid, limit

    def exhausted(self) -> bool:
        """Whether they hold more than the limit."""
        return usage.exceeds(self.pid, self.limit)

    def close(self) -> None:
        """Nothing is left behind."""


class Group:
    """A control group: the kernel counts everything, and ends what goes over the limit."""

    name = "cgroup"

    def __init__(self, folder: Path, events: str) -> None:
        self.folder, self.events = folder, events

    def exhausted(self) -> bool:
        """Whether the kernel had to end a process."""
        try:
            lines = (self.folder / self.events).read_text().splitlines()
        except OSError:
            return False
        counts = dict(line.split() for line in lines if " " in line)
        return int(counts.get("oom_kill", 0)) > 0

    def close(self) -> None:
        """Remove the group; its processes have ended."""
        with suppress(OSError):
            self.folder.rmdir()


def watch(pid: int, limit: int) -> Watch:
    """Watch a process that has run no student code yet, and everything below it."""
    return _group(pid, limit) or Looking(pid, limit)


def _group(pid: int, limit: int) -> Group | None:
    for parent, settings, events in _places(limit):
        folder = parent / f"layerwise-{os.getpid()}-{next(COUNTER)}"
        try:
            folder.mkdir()
        except OSError:
            continue
        group = Group(folder, events)
        try:
            for name, value in settings.items():
                (folder / name).write_text(value)
            for process in usage.tree(pid):
                (folder / "cgroup.procs").write_text(str(process))
            return group
        except OSError:
            group.close()
    return None


def _places(limit: int) -> list[tuple[Path, dict[str, str], str]]:
    """Where a group may be made, for both versions of the kernel's interface."""
    both = {"memory.max": str(limit), "memory.swap.max": "0", "memory.oom.group": "1"}
    first = {"memory.limit_in_bytes": str(limit)}
    lines = (line.split(":", 2) for line in Path("/proc/self/cgroup").read_text().splitlines())
    own = {controllers: path.strip("/") for _, controllers, path in lines}
    places = []
    if "" in own:
        for parent in (GROUPS / own[""], GROUPS):
            if "memory" in _read(parent / "cgroup.subtree_control").split():
                places.append((parent, both, "memory.events"))
    if "memory" in own:
        for parent in (GROUPS / "memory" / own["memory"], GROUPS / "memory"):
            places.append((parent, first, "memory.oom_control"))
    return places


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
