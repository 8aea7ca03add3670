"""A fork server in bubblewrap: every worker is a fork of it, in namespaces of its own."""

import atexit
import itertools
import json
import os
import select
import signal
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.sandbox import kit, syscalls
from autograder.sandbox.backends import bubblewrap, identity, view
from autograder.sandbox.endings import WorkerFailed
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import GRACE, Process

MAX_REPLY = 1 << 16
START_SECONDS = 60.0


class ForkServer:
    """Starts workers in a few milliseconds; one server for each process of the grader."""

    name = "forkserver"

    def __init__(self, path: str) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._server: Server | None = None
        self._owner = 0

    def __call__(self, limits: Limits, end: socket.socket) -> Process:
        """Start a worker that talks over `end`."""
        settings = kit.settings(limits, system_calls=syscalls.worker_filter())
        with self._lock:
            return self._running().fork(settings, end)

    def _running(self) -> "Server":
        """The server of this very process; a new one if it has ended."""
        if self._server is None or self._owner != os.getpid() or not self._server.is_alive():
            self._server, self._owner = Server(command(self.path)), os.getpid()
            atexit.register(self._server.close)
        return self._server


def command(path: str) -> list[str]:
    """Bubblewrap's command line for the server, without the descriptor of its control socket."""
    options = [
        *bubblewrap.isolation(),
        "--as-pid-1",
        *identity.nesting_namespace(),
        *bubblewrap.private(),
        *bubblewrap.files(),
        *bubblewrap.variables(),
    ]
    inner = kit.command(bubblewrap.KIT, module="nursery")
    return [path, *options, "--remount-ro", "/", "--", *identity.nesting_drop(), *inner]


def below_home() -> list[str]:
    """What of the view lies where a worker gets a folder of its own to write."""
    targets = (entry.target for entry in view.host())
    return [str(target) for target in targets if target.is_relative_to(bubblewrap.HOME)]


class Server:
    """One running server, and what it has told of its workers.

    It ends, and every worker with it, when this process ends and with it the control socket.
    """

    def __init__(self, command: list[str]) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = bubblewrap.start([*command, str(theirs.fileno())], theirs)
        self._owner = os.getpid()
        self._below_home = below_home()
        self._codes: dict[int, int] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.RLock()
        self._read(START_SECONDS)

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self.process.code() is None

    def fork(self, settings: dict[str, Any], end: socket.socket) -> "Forked":
        """Ask for a worker."""
        with self._lock:
            number = next(self._numbers)
            told = {**settings, "below_home": self._below_home}
            request = json.dumps({"number": number, "settings": told}).encode()
            try:
                socket.send_fds(self.control, [request], [end.fileno()])
            except OSError as error:
                raise self._ended() from error
            while True:
                message, descriptors = self._read(START_SECONDS)
                if message.get("number") == number and "code" not in message:
                    return self._worker(number, message, descriptors)

    def code(self, number: int, patience: float) -> int | None:
        """How a worker ended, or None while it runs."""
        until = time.monotonic() + patience
        with self._lock:
            while number not in self._codes:
                left = until - time.monotonic()
                if not self._readable(max(left, 0)):
                    return None
                self._read(0)
            return self._codes[number]

    def close(self) -> None:
        """End it, and every worker with it; one of a process that forked us is left alone."""
        self.control.close()
        if self._owner == os.getpid():
            self.process.kill()

    def _worker(self, number: int, message: dict[str, Any], descriptors: list[int]) -> "Forked":
        if "complaint" in message or len(descriptors) != 1:
            raise WorkerFailed(f"the fork server: {message.get('complaint')}")
        return Forked(self, number, descriptors[0])

    def _readable(self, seconds: float) -> bool:
        return bool(select.select([self.control], [], [], seconds)[0])

    def _read(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        """The next message; what tells of an end is kept."""
        if not self._readable(seconds):
            raise WorkerFailed(f"the fork server was silent for {seconds:g} s")
        text, descriptors, _, _ = socket.recv_fds(self.control, MAX_REPLY, 1)
        if not text:
            raise self._ended()
        message = json.loads(text)
        if "code" in message:
            self._codes[message["number"]] = message["code"]
        return message, descriptors

    def _ended(self) -> WorkerFailed:
        self.process.code(GRACE)
        return WorkerFailed(f"the fork server has ended. {self.process.complaint()}")


class Forked:
    """A worker that the server forked; it is held by its pidfd, so no other can be meant."""

    def __init__(self, server: Server, number: int, pidfd: int) -> None:
        self.server, self.number, self.pidfd = server, number, pidfd
        self.pid = _pid(pidfd)
        self.alive = True

    def code(self, patience: float = 0.0) -> int | None:
        """The exit code (-n after signal n), or None while it runs."""
        return self.server.code(self.number, patience)

    def complaint(self) -> str:
        """Nothing: the server says at once what is wrong."""
        return ""

    def kill(self) -> None:
        """End it; the kernel ends everything in its process namespace with it, and then tells."""
        if self.alive:
            self.alive = False
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            os.close(self.pidfd)
            with suppress(WorkerFailed):  # then the server has ended, and all of its workers
                self.code(GRACE)


def _pid(pidfd: int) -> int:
    lines = Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))
