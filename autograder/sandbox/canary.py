"""Proves that a worker reaches nothing that is hidden: it looks for secrets planted outside."""

import contextlib
import secrets
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.endings import Ending, SandboxUnavailable
from autograder.sandbox.worker import Launcher, Worker

PROBE = Path(__file__).with_name("probe.py")
MODULES = ("solutions", "tests", "autograder.sandbox", "autograder.suite", "autograder.grading")


@dataclass(frozen=True)
class Finding:
    """Something that must be out of reach, and where the worker reached it."""

    what: str
    reached: str

    @property
    def holds(self) -> bool:
        """Whether it is out of reach."""
        return not self.reached


@dataclass(frozen=True)
class Bait:
    """What lies about outside while the worker looks."""

    folder: Path
    token: str
    pid: int
    port: int
    listeners: tuple[socket.socket, ...]

    @property
    def socket_path(self) -> str:
        """Where a socket listens in a folder."""
        return str(self.folder / "socket")

    def taken(self) -> str:
        """What came of it, seen from outside."""
        for listener in self.listeners:
            with contextlib.suppress(OSError):
                listener.accept()[0].close()
                return f"connected to {listener.getsockname()!r}"
        return ""


def look(launch: Launcher, hidden: Sequence[Path] = ()) -> list[Finding]:
    """Let a worker look for these paths, and for everything else that must be out of reach."""
    with _bait() as bait, Worker(launch) as worker:
        if error := worker.run_cell(PROBE.read_text(encoding="utf-8")).error:
            raise SandboxUnavailable(f"In the sandbox “{launch.name}” no cell can run: {error}.")
        course = [str(path) for path in hidden if path.exists()]
        secret = [str(bait.folder / "secret"), str(bait.folder)]
        network = _ask(worker, "network", bait.port, bait.token, bait.socket_path)
        return [
            Finding("the reference and the kit", _ask(worker, "imported", list(MODULES))),
            Finding("the course folder and the gradebook", _ask(worker, "opened", course)),
            Finding("files of this machine", _ask(worker, "opened", secret)),
            Finding("writing outside", _ask(worker, "written", [str(bait.folder), *course])),
            Finding("the grader's environment", _ask(worker, "environment", bait.token)),
            Finding("other processes", _ask(worker, "processes", bait.pid)),
            Finding("the network", network or bait.taken()),
            Finding("privileges", _ask(worker, "privileges")),
        ]


def require(launch: Launcher, hidden: Sequence[Path] = ()) -> None:
    """Refuse a sandbox from which something hidden can be reached."""
    try:
        found = [finding for finding in look(launch, hidden) if not finding.holds]
    except Ending as ending:
        raise SandboxUnavailable(f"The sandbox “{launch.name}” does not hold: {ending}") from ending
    if found:
        reached = "; ".join(f"{finding.what} ({finding.reached})" for finding in found)
        raise SandboxUnavailable(
            f"Nothing is graded: from inside the sandbox “{launch.name}” this can be reached: "
            f"{reached}. “layerwise doctor” shows more."
        )


def _ask(worker: Worker, question: str, *arguments: object) -> str:
    reply = worker.call(question, arguments)
    if reply.error or not isinstance(reply.value, str):
        return f"the probe failed: {reply.error}"
    return reply.value


@contextlib.contextmanager
def _bait() -> Iterator[Bait]:
    token = f"layerwise-{secrets.token_hex(8)}"
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="layerwise-bait-")))
        (folder / "secret").write_text(token)
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        abstract = stack.enter_context(_listening(f"\0{token}"))
        named = stack.enter_context(_listening(str(folder / "socket")))
        tcp.setblocking(False)
        process = stack.enter_context(subprocess.Popen(["/bin/sleep", "60"], env={"TOKEN": token}))
        stack.callback(process.kill)
        port = tcp.getsockname()[1]
        yield Bait(folder, token, process.pid, port, (tcp, abstract, named))


def _listening(address: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    listener.setblocking(False)
    return listener
