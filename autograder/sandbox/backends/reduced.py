"""A worker behind Landlock and a filter of system calls, for machines that have nothing better.

It is one process that may start no other, writes no file, and reads Python and its own code. It
shares the namespaces of the grader: that a file exists, and how large it is, can be seen.
"""

import atexit
import functools
import json
import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.sandbox import kit, neighbours
from autograder.sandbox.backends import identity, view
from autograder.sandbox.endings import SandboxUnavailable
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Child
from autograder.worker import landlock

# The first Landlock confines reading and writing; the filter refuses what it can't: truncating,
# networks, signals, and requests to devices.
OLDEST = 1
MISSING = """\
This kernel has no Landlock: it takes Linux 5.13 or newer, with `landlock` in the list `lsm=` of
security modules that it is started with."""
# Matplotlib finds these before the worker is confined, and must be able to read them then.
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")


@dataclass(frozen=True)
class Reduced:
    """Starts workers as ordinary children that confine themselves."""

    name: str = "reduced"

    def __call__(self, limits: Limits, end: socket.socket) -> Child:
        """Start a worker that talks over `end`."""
        home = _home(os.getpid())
        errors = tempfile.TemporaryFile()  # noqa: SIM115 (the process owns it)
        popen = subprocess.Popen(
            kit.command(f"{home}/kit", str(end.fileno()), json.dumps(_settings(limits, home))),
            env=kit.environment(home),
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
            pass_fds=(end.fileno(),),
            start_new_session=True,
        )
        return Child(popen, errors)


def require() -> None:
    """Refuse a kernel that has no Landlock."""
    if landlock.version() < OLDEST:
        raise SandboxUnavailable(MISSING)


def _settings(limits: Limits, home: str) -> dict[str, object]:
    system_calls = neighbours.single_process_filter()
    settings = kit.settings(replace(limits, file_size=0), system_calls=system_calls)
    # Threads are counted per user, with everything else that runs under that name.
    user = _user()
    others = 0 if user else _tasks(os.getuid())
    confinement = {"user": user, "readable": _readable(home), "covered": str(view.covered() or "")}
    processes = limits.processes + others
    return {**settings, "processes": processes, "landlock": confinement}


def _readable(home: str) -> list[str]:
    shown = [str(entry.source) for entry in view.host() if entry.source]
    fonts = [folder for folder in FONTS if os.path.isdir(folder)]
    return [*shown, *fonts, *map(str, view.DEVICES), home]


def _user() -> int:
    """For root: a user of the worker's own, if that one can still read Python.

    Otherwise it stays root in name, without a capability: most of root's power is in these, and
    its files are behind Landlock like everybody's.
    """
    sources = (entry.source for entry in view.host() if entry.source)
    if os.geteuid() or not all(_open_to_all(source.resolve()) for source in sources):
        return 0
    return identity.unused_id()


def _open_to_all(path: Path) -> bool:
    folders_open = all(folder.stat().st_mode & 0o001 for folder in path.parents)
    return folders_open and bool(path.stat().st_mode & 0o004)


def _tasks(user: int) -> int:
    """How many threads this user has, in all processes."""
    return sum(_threads(folder, user) for folder in Path("/proc").iterdir())


def _threads(folder: Path, user: int) -> int:
    try:
        return len(os.listdir(folder / "task")) if folder.stat().st_uid == user else 0
    except OSError:
        return 0


@functools.cache
def _home(grader: int) -> str:
    """A folder for the workers of this process: our code, and what is written before any cell."""
    home = tempfile.mkdtemp(prefix="layerwise-")
    os.chmod(home, 0o755)  # noqa: S103 (there is no secret in it, and root's workers are others)
    for part in kit.PARTS:
        _copy(kit.PACKAGE / part, Path(home, "kit", kit.PACKAGE.name, part))

    def remove() -> None:
        if os.getpid() == grader:  # and no child that it has forked
            shutil.rmtree(home, ignore_errors=True)

    atexit.register(remove)
    return home


def _copy(source: Path, target: Path) -> None:
    """Copies, not links: a link would tell where the course is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copyfile(source, target)
