"""Where a worker calls for its connection, if what starts it can pass on no descriptor."""

import os
import select
import shutil
import socket
import struct
import tempfile
import time
from pathlib import Path
from typing import Self

from autograder.sandbox.endings import WorkerFailed
from autograder.sandbox.process import Process

CREDENTIALS = struct.Struct("3i")  # process, user, group
PAUSE = 0.05


class Door:
    """A socket in a folder that nobody else can enter, unless it is shown to them elsewhere."""

    def __init__(self) -> None:
        self.outer = Path(tempfile.mkdtemp(prefix="layerwise-"))  # for its owner only
        self.folder = self.outer / "door"
        self.folder.mkdir(0o755)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.folder / "socket"))
        (self.folder / "socket").chmod(0o666)
        self.listener.listen(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.close()
        shutil.rmtree(self.outer, ignore_errors=True)

    def closed_file(self) -> Path:
        """A file that can't be opened, to be shown in place of another."""
        path = self.folder / "closed"
        path.touch()
        path.chmod(0)
        return path

    def hand_over(
        self, end: socket.socket, starting: Process, seconds: float, user: int | None
    ) -> int:
        """Give the first who calls its end of the connection; the number of its process.

        `user` is who it must be, if that can be known.
        """
        self._wait(starting, seconds)
        with self.listener.accept()[0] as caller:
            about = caller.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
            pid, uid, _ = CREDENTIALS.unpack(about)
            if pid <= 0 or uid != (uid if user is None else user) or pid == os.getpid():
                raise WorkerFailed("somebody else has called for the worker's connection")
            socket.send_fds(caller, [b"!"], [end.fileno()])
        return int(pid)

    def _wait(self, starting: Process, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not select.select([self.listener], [], [], PAUSE)[0]:
            if starting.code() is not None:
                raise WorkerFailed(f"the worker did not start. {starting.complaint()}")
            if time.monotonic() > until:
                raise WorkerFailed(f"the worker did not start in {seconds:g} s")
