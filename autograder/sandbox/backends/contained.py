"""A running container as the grader's process, from the client that waits for it to its end."""

import os
import select
import signal
import subprocess
import tempfile
from contextlib import suppress
from typing import IO

from autograder.sandbox.backends.engine import Engine
from autograder.sandbox.process import GRACE, Child

# Ends the container when the grader is gone: then it reads the end of a file.
GUARD = 'read _; exec "$0" kill "$1"'


class Contained:
    """A container as a process: its first one, held by a pidfd so that no other can be meant."""

    def __init__(self, engine: Engine, name: str, options: list[str]) -> None:
        self.engine, self.name = engine, name
        errors = tempfile.TemporaryFile()  # noqa: SIM115 (the process owns it)
        self.client = Child(_start([engine.program, "run", *options], errors), errors)
        self.guard = _start(["/bin/sh", "-c", GUARD, engine.program, name], None)
        self.pid, self.pidfd, self.alive = self.client.pid, -1, True

    def hold(self, pid: int) -> None:
        """Know its first process."""
        self.pid, self.pidfd = pid, os.pidfd_open(pid)

    def code(self, patience: float = 0.0) -> int | None:
        """The exit code (128 + n after signal n), or None while it runs."""
        code = self.client.code(patience)
        if code is None and patience and self._has_ended():
            return self.client.code(GRACE)  # the engine is slow to tell
        return code

    def complaint(self) -> str:
        """What it, or the engine, said before it was ready."""
        return self.client.complaint()

    def kill(self) -> None:
        """End it; the kernel ends everything in its process namespace with its first process."""
        if self.alive:
            self.alive = False
            if not self._kill_first() or self.code(GRACE) is None:
                self.engine.kill(self.name)
                self.code(GRACE)
            self.client.kill()
            self.guard.kill()
            self.guard.communicate()

    def _kill_first(self) -> bool:
        pidfd, self.pidfd = self.pidfd, -1
        if pidfd < 0:
            return False
        try:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(pidfd, signal.SIGKILL)
        except PermissionError:  # it runs under a user id that only the engine may use
            return False
        finally:
            os.close(pidfd)
        return True

    def _has_ended(self) -> bool:
        return self.pidfd >= 0 and bool(select.select([self.pidfd], [], [], 0)[0])


def _start(command: list[str], errors: IO[bytes] | None) -> "subprocess.Popen[bytes]":
    silent = subprocess.DEVNULL
    return subprocess.Popen(
        command,
        stdin=silent if errors else subprocess.PIPE,
        stdout=errors or silent,
        stderr=errors or silent,
        start_new_session=True,
    )
