"""A running worker process: what it uses, how it ended, how to end it."""

import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Protocol

from autograder.sandbox.usage import tree

GRACE = 5.0


class Process(Protocol):
    """A worker as the grader sees it from outside, with everything below it."""

    @property
    def pid(self) -> int:
        """Its number here; usage is read below it."""

    def code(self, patience: float = 0.0) -> int | None:
        """The exit code (-n after signal n), or None while it runs."""

    def complaint(self) -> str:
        """What was said before the worker was ready."""

    def kill(self) -> None:
        """End everything, and wait for it."""


class Child:
    """A process that the grader started itself."""

    def __init__(
        self,
        popen: "subprocess.Popen[bytes]",
        errors: IO[bytes],
        cleanup: Callable[[], None] = lambda: None,
    ) -> None:
        self.popen, self.errors, self.cleanup = popen, errors, cleanup
        self.pid = popen.pid

    def code(self, patience: float = 0.0) -> int | None:
        """The exit code, or None while it runs."""
        try:
            return self.popen.wait(patience) if patience else self.popen.poll()
        except subprocess.TimeoutExpired:
            return None

    def complaint(self) -> str:
        """What was written on stderr before the worker detached from it."""
        if self.errors.closed:
            return ""
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


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
