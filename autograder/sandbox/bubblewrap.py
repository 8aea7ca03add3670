"""A worker in bubblewrap: its own namespaces, a read-only view of Python and nothing else."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from autograder.sandbox import identity, kit
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Process

HOME = "/tmp"  # noqa: S108 (a private one)
KIT = "/kit"
LIBRARIES = ("bin", "lib", "lib32", "lib64", "libx32")
USR = Path("/usr")
OPERANDS = {"--ro-bind": 2, "--dev-bind": 2, "--symlink": 2}
OPERANDS |= {"--dir": 1, "--tmpfs": 1, "--remount-ro": 1, "--proc": 1}
DEVICES = ("null", "zero", "full", "random", "urandom")


@dataclass(frozen=True)
class Bubblewrap:
    """Starts workers in a sandbox of their own."""

    path: str
    name: str = "bubblewrap"

    def __call__(self, limits: Limits, end: socket.socket) -> Process:
        """Start a worker that talks over `end`."""
        settings = limits.settings(processes=True)
        errors = tempfile.TemporaryFile()  # noqa: SIM115 (the process owns it)
        popen = subprocess.Popen(
            self.command(limits, kit.command(KIT, end.fileno(), settings)),
            env={},  # it would show in /proc/1/environ
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
            pass_fds=(end.fileno(),),
        )
        return Process(popen, errors)

    def command(self, limits: Limits, inner: list[str]) -> list[str]:
        """The command line that runs `inner` isolated."""
        # The private folders come first: Python itself may live below /tmp.
        view = chain(private(limits), system(), python(), package())
        root = identity.new_root()
        around = [*system(), *visible(Path(identity.CHROOT))] if root else []
        options = [*isolation(), *around, *moved(view, root), *variables()]
        return [self.path, *options, "--remount-ro", "/", "--", *identity.drop(), *inner]


def visible(path: Path, inside: Path | None = None, how: str = "--ro-bind") -> Iterator[str]:
    """Show a file or folder of the host, if it exists, under its own or another name."""
    if path.exists():
        target = inside or path
        yield from folders(target)
        yield from (how, str(path), str(target))


def folders(target: Path) -> Iterator[str]:
    """The folders above a path; bubblewrap would make them unreadable."""
    for folder in list(target.parents)[-2::-1]:
        yield from ("--dir", str(folder))


def moved(options: Iterator[str], root: str) -> Iterator[str]:
    """The same view of files below another root."""
    for option in options:
        yield option
        operands = OPERANDS.get(option, 0)
        if operands == 2:
            yield next(options)
        if operands:
            yield root + next(options)


def isolation() -> Iterator[str]:
    """Namespaces of its own, and no way to a privilege."""
    yield from ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts")
    yield from ("--unshare-cgroup-try", "--hostname", "worker", "--die-with-parent")
    yield from ("--new-session", "--as-pid-1", "--clearenv", "--cap-drop", "ALL")
    yield from identity.namespace()


def system() -> Iterator[str]:
    """The system's programs and libraries, without its configuration."""
    yield from libraries(Path("/"))
    yield from libraries(USR)
    for file in ("/etc/ld.so.cache", "/etc/alternatives", "/usr/share/zoneinfo"):
        yield from visible(Path(file))
    for device in DEVICES:
        yield from visible(Path("/dev", device), how="--dev-bind")
    yield from ("--symlink", "/proc/self/fd", "/dev/fd")


def libraries(prefix: Path) -> Iterator[str]:
    """The programs and libraries below a prefix."""
    for path in (prefix / name for name in LIBRARIES):
        if path.is_symlink() and not os.path.isabs(os.readlink(path)):
            yield from folders(path)
            yield from ("--symlink", os.readlink(path), str(path))
        else:
            yield from visible(path)


def python() -> Iterator[str]:
    """The libraries and programs of every prefix: a prefix itself may be the course folder."""
    for prefix in sorted(prefixes() - {USR}):
        yield from libraries(prefix)
        yield from visible(prefix / "pyvenv.cfg")


def prefixes() -> set[Path]:
    """Where Python lives, through every symbolic link on the way to it."""
    found = {USR, Path("/usr/local"), absolute(sys.prefix), absolute(sys.base_prefix)}
    program = absolute(sys.executable)
    while program.is_symlink():
        found.add(program.parent.parent)
        program = absolute(program.parent / os.readlink(program))
    found.add(program.parent.parent)
    return found | {path.resolve() for path in found}


def absolute(path: str | Path) -> Path:
    """The path without `..`, its links left as they are."""
    return Path(os.path.abspath(path))


def package() -> Iterator[str]:
    """The worker's part of this package; an installed copy of the rest is covered."""
    if any(kit.PACKAGE.is_relative_to(prefix / "lib") for prefix in prefixes()):
        yield from ("--tmpfs", str(kit.PACKAGE), "--remount-ro", str(kit.PACKAGE))
    for part in kit.PARTS:
        yield from visible(kit.PACKAGE / part, Path(KIT, kit.PACKAGE.name, part))


def private(limits: Limits) -> Iterator[str]:
    """The only place to write, and a view of its own processes."""
    yield from ("--perms", "1777", "--size", str(limits.tmpfs), "--tmpfs", HOME)
    yield from ("--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys")


def variables() -> Iterator[str]:
    """The environment."""
    for name, value in kit.environment(HOME).items():
        yield from ("--setenv", name, value)
