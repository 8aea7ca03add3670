"""A worker without isolation, for notebooks that are trusted: a plain subprocess with limits."""

import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import kit
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Child


@dataclass(frozen=True)
class Unprotected:
    """Starts workers as ordinary children, in a folder of their own."""

    name: str = "unprotected"

    def __call__(self, limits: Limits, end: socket.socket) -> Child:
        """Start a worker that talks over `end`."""
        home = tempfile.mkdtemp(prefix="layerwise-")
        _stage(Path(home, "kit"))
        errors = tempfile.TemporaryFile()  # noqa: SIM115 (the process owns it)
        # Processes are counted per user, so a limit would count everything else the user runs.
        settings = kit.settings_text(limits, processes=False)
        popen = subprocess.Popen(
            kit.command(f"{home}/kit", str(end.fileno()), settings),
            env=kit.environment(home),
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
            pass_fds=(end.fileno(),),
            start_new_session=True,
        )
        return Child(popen, errors, lambda: shutil.rmtree(home, ignore_errors=True))


def _stage(folder: Path) -> None:
    """Make a folder from which the worker's part of this package can be imported, and no other."""
    package = folder / kit.PACKAGE.name
    package.mkdir(parents=True)
    for part in kit.PARTS:
        (package / part).symlink_to(kit.PACKAGE / part)
