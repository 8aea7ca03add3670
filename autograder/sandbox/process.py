"""A running worker process: what it uses, how it ended, how to end it."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

PAGE = os.sysconf("SC_PAGE_SIZE")
GRACE = 5.0


class Process:
    """The process that a launcher started, with everything below it."""

    def __init__(
        self,
        popen: "subprocess.Popen[bytes]",
        errors: IO[bytes],
        cleanup: Callable[[], None] = lambda: None,
    ) -> None:
        self.popen, self.errors, self.cleanup = popen, errors, cleanup

    def memory(self) -> int:
        """Bytes that the whole tree holds, in-memory files included."""
        return sum(_resident(pid) + _in_memory_files(pid) for pid in tree(self.popen.pid))

    def code(self, patience: float = 0.0) -> int | None:
        """The exit code, or None while it runs."""
        try:
            return self.popen.wait(patience) if patience else self.popen.poll()
        except subprocess.TimeoutExpired:
            return None

    def complaint(self) -> str:
        """What was written on stderr before the worker detached from it."""
        self.errors.seek(0)
        return self.errors.read(10_000).decode("utf-8", "replace").strip()

    def kill(self) -> None:
        """End everything. In a pid namespace the death of its first process ends the others."""
        if self.popen.poll() is None:
            below = [pid for pid in tree(self.popen.pid) if pid != self.popen.pid]
            for pid in below:
                _kill(pid)
            if not below or self.code(GRACE) is None:
                _kill(self.popen.pid)
        self.popen.wait()
        self.errors.close()
        self.cleanup()


def tree(root: int) -> Iterator[int]:
    """The process ids of root and its descendants."""
    todo = [root]
    while todo:
        pid = todo.pop()
        yield pid
        with suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0


def _in_memory_files(pid: int) -> int:
    """Bytes in memfds that the process holds open: they need not be mapped to fill the memory."""
    total = 0
    with suppress(OSError):
        for link in os.scandir(f"/proc/{pid}/fd"):
            with suppress(OSError):
                if os.readlink(link.path).startswith("/memfd:"):
                    total += os.stat(link.path).st_blocks * 512
    return total
