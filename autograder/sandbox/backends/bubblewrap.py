"""A worker in bubblewrap: its own namespaces, a read-only view of Python and nothing else."""

import socket
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from autograder.sandbox import kit, syscalls
from autograder.sandbox.backends import identity, view
from autograder.sandbox.backends.view import Shown
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Child

HOME = "/tmp"  # noqa: S108 (a private one)
KIT = "/kit"


@dataclass(frozen=True)
class Bubblewrap:
    """Starts every worker in a sandbox of its own."""

    path: str
    name: str = "bubblewrap"

    def __call__(self, limits: Limits, end: socket.socket) -> Child:
        """Start a worker that talks over `end`."""
        settings = kit.settings_text(limits, system_calls=syscalls.worker_filter())
        inner = kit.command(KIT, str(end.fileno()), settings)
        return start(self.command(limits, inner), end)

    def command(self, limits: Limits, inner: list[str]) -> list[str]:
        """The command line that runs `inner` isolated."""
        root = identity.new_root()
        around = chain(view.system(), view.existing(Path(identity.CHROOT))) if root else ()
        options = [
            *isolation(),
            "--die-with-parent",
            *identity.first_process(),
            *identity.namespace(),
            *mounts(around),
            *private(limits.tmpfs, root),
            *("--ro-bind", "/proc/sys", f"{root}/proc/sys"),
            *files(root),
            *variables(),
        ]
        return [self.path, *options, "--remount-ro", "/", "--", *identity.drop(), *inner]


def start(command: list[str], end: socket.socket) -> Child:
    """Run bubblewrap, with one descriptor passed on and nothing else of the grader's."""
    errors = tempfile.TemporaryFile()  # noqa: SIM115 (the process owns it)
    popen = subprocess.Popen(
        command,
        env={},  # it would show in /proc/1/environ
        stdin=subprocess.DEVNULL,
        stdout=errors,
        stderr=errors,
        pass_fds=(end.fileno(),),
    )
    return Child(popen, errors)


def isolation() -> Iterator[str]:
    """Namespaces of its own, and no way to a privilege."""
    yield from ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts")
    yield from ("--unshare-cgroup-try", "--hostname", "worker")
    yield from ("--new-session", "--clearenv", "--cap-drop", "ALL")


def files(root: str = "") -> Iterator[str]:
    """Python, the worker's code, and the devices, below a root."""
    yield from mounts(view.host(), root)
    if package := view.covered():
        yield from ("--tmpfs", f"{root}{package}", "--remount-ro", f"{root}{package}")
    yield from mounts(view.workers_code(KIT), root)
    for device in view.DEVICES:
        yield from folders(Path(f"{root}{device}"))
        yield from ("--dev-bind", str(device), f"{root}{device}")
    yield from ("--symlink", "/proc/self/fd", f"{root}/dev/fd")


def mounts(entries: Iterable[Shown], root: str = "") -> Iterator[str]:
    """The options that show these files below a root."""
    for entry in entries:
        target = f"{root}{entry.target}"
        yield from folders(Path(target))
        if entry.link:
            yield from ("--symlink", entry.link, target)
        else:
            yield from ("--ro-bind", str(entry.source), target)


def folders(target: Path) -> Iterator[str]:
    """The folders above a path; bubblewrap would make them unreadable."""
    for folder in list(target.parents)[-2::-1]:
        yield from ("--dir", str(folder))


def private(size: int | None = None, root: str = "") -> Iterator[str]:
    """The only place to write, and a view of its own processes.

    They come first: Python itself may live below /tmp.
    """
    if size is not None:  # an option that the bubblewrap of Ubuntu 22.04 does not know
        yield from ("--size", str(size))
    yield from ("--perms", "1777", "--tmpfs", f"{root}{HOME}")
    yield from ("--proc", f"{root}/proc")


def variables() -> Iterator[str]:
    """The environment."""
    for name, value in kit.environment(HOME).items():
        yield from ("--setenv", name, value)
