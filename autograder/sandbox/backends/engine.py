"""Podman and Docker: whether they work here, what they can limit, and the image that they run."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from typing import Any

from autograder.sandbox.endings import SandboxUnavailable

IMAGE = "layerwise-empty:1"
EMPTY = bytes(10_240)  # as a tar archive; the files of a worker are this machine's own
SECONDS = 60.0
PACKAGES = {"podman": "podman", "docker": "docker.io"}


@dataclass(frozen=True)
class Engine:
    """One that works. `mapped`: its user ids are others outside than inside."""

    name: str
    program: str
    mapped: bool
    counts_memory: bool
    counts_processes: bool

    def fetch_nothing(self) -> None:
        """Make the empty image, if it is not there; no registry is asked."""
        if _run(self.program, "image", "inspect", IMAGE).returncode:
            _answer(_run(self.program, "import", "-", IMAGE, data=EMPTY), self.name)

    def kill(self, container: str) -> None:
        """End a container, if it is still there."""
        _run(self.program, "kill", container)


def find(name: str) -> Engine:
    """The engine of this name; SandboxUnavailable if it is not installed or does not answer."""
    program = shutil.which(name)
    if program is None:
        raise SandboxUnavailable(f"{name} is not installed: apt-get install {PACKAGES[name]}")
    about = json.loads(_answer(_run(program, "info", "--format", "{{json .}}"), name))
    if about.get("ServerErrors"):
        raise SandboxUnavailable(f"{name} does not work here: {'; '.join(about['ServerErrors'])}")
    engine = Engine(name, program, *(_of_podman if "host" in about else _of_docker)(about))
    engine.fetch_nothing()
    return engine


def _of_podman(about: dict[str, Any]) -> tuple[bool, bool, bool]:
    host = about["host"]
    controllers = host.get("cgroupControllers") or ()
    return host["security"]["rootless"], "memory" in controllers, "pids" in controllers


def _of_docker(about: dict[str, Any]) -> tuple[bool, bool, bool]:
    options = " ".join(about.get("SecurityOptions") or ())
    mapped = "name=userns" in options or "name=rootless" in options
    return mapped, bool(about.get("MemoryLimit")), bool(about.get("PidsLimit"))


def _run(*command: str, data: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(command, input=data, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise SandboxUnavailable(f"{command[0]} was silent for {SECONDS:g} s") from error


def _answer(done: "subprocess.CompletedProcess[bytes]", name: str) -> str:
    if done.returncode:
        complaint = done.stderr.decode("utf-8", "replace").strip()
        raise SandboxUnavailable(f"{name} does not work here: {complaint}")
    return done.stdout.decode()
