"""A worker in a container of Podman or Docker that holds nothing but a view of this machine."""

import itertools
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import kit, syscalls
from autograder.sandbox.backends import identity, view
from autograder.sandbox.backends.contained import Contained
from autograder.sandbox.backends.door import Door
from autograder.sandbox.backends.engine import IMAGE, Engine
from autograder.sandbox.limits import Limits

HOME, KIT, DOOR = "/tmp", "/kit", "/door"  # noqa: S108 (a private one)
COUNTER = itertools.count()
# Engines put files of their own there, terminals, and the kernel's description of the machine.
EMPTIED = ("/dev/pts", "/dev/mqueue", "/sys")
EMPTIED_BY_PODMAN = ("/sys/fs/cgroup", "/run")


@dataclass(frozen=True)
class Container:
    """Starts every worker in a container of its own."""

    engine: Engine

    @property
    def name(self) -> str:
        """What it is called."""
        return self.engine.name

    def __call__(self, limits: Limits, end: socket.socket) -> Contained:
        """Start a worker that talks over `end`."""
        user, options = _user(self.engine)
        name = f"layerwise-{os.getpid()}-{next(COUNTER)}"
        with Door() as door:
            options += [
                *("--name", name),
                *isolation(self.engine, limits),
                *files(self.engine, limits, door),
            ]
            contained = Contained(
                self.engine, name, [*options, IMAGE, *_inner(self.engine, limits)]
            )
            try:
                contained.hold(door.hand_over(end, contained, limits.start_seconds, user))
            except BaseException:
                contained.kill()
                raise
        return contained


def _user(engine: Engine) -> tuple[int | None, list[str]]:
    """Who the worker is, as far as that can be known out here; and the options for it.

    An ordinary user's worker runs under the same id, because the grader has to look at its memory.
    """
    user, group, options = os.geteuid(), os.getegid(), []
    if engine.mapped and engine.name == "podman":
        options = ["--userns", "keep-id"]
    elif engine.mapped or not user:
        user = group = identity.unused_id(low=engine.mapped)
    known = None if engine.mapped and not options else user
    return known, [*options, "--user", f"{user}:{group}"]


def isolation(engine: Engine, limits: Limits) -> Iterator[str]:
    """Namespaces of its own, no privileges, and the engine's own limits."""
    yield from ("--rm", "--pull", "never", "--sig-proxy=false", "--log-driver", "none")
    yield from ("--network", "none", "--ipc", "none", "--hostname", "worker", "--read-only")
    yield from ("--cap-drop", "all", "--security-opt", "no-new-privileges")
    # SELinux would not let it read the files of this machine.
    yield from ("--security-opt", "label=disable")
    yield from ("--ulimit", "nofile=1024:1024", "--ulimit", "core=0:0")
    yield from ("--ulimit", "msgqueue=0:0")
    if engine.counts_memory:
        # The watch ends a worker at its limit and says so; this is for what it is too slow to see.
        most = str(2 * limits.memory)
        yield from ("--memory", most, "--memory-swap", most)
    if engine.counts_processes:
        yield from ("--pids-limit", str(limits.processes))
    if engine.name == "podman":
        yield from ("--pid", "private", "--uts", "private", "--env-host=false")
        yield from ("--http-proxy=false", "--no-hosts", "--passwd=false")
        # Its own value may be more than it is allowed to set; the worker lowers this one.
        yield from ("--read-only-tmpfs=false", "--ulimit", "nproc=1024:1024")


def files(engine: Engine, limits: Limits, door: Door) -> Iterator[str]:
    """A place to write, Python, the worker's code, and where it calls for its connection."""
    podman = engine.name == "podman"
    inodes = "" if podman else ",nr_inodes=10000"
    yield "--tmpfs"
    yield f"{HOME}:rw,nosuid,nodev,mode=1777,size={limits.tmpfs}{inodes}"
    host = [(_source(entry), entry.target) for entry in view.host()]
    empty = (*EMPTIED, *(EMPTIED_BY_PODMAN if podman else ()), *_covered(host))
    for folder in empty:
        yield from ("--tmpfs", f"{folder}:ro,size=4k")
    for source, target in (*host, *((_source(e), e.target) for e in view.workers_code(KIT))):
        yield from _shown(source, target)
    yield from _shown(door.folder, Path(DOOR))
    # Mapped and shared, /dev/zero is memory that no process need own up to.
    if podman:  # without root it would mount the device over a file of ours
        yield from ("--security-opt", "mask=/dev/zero")
    else:
        yield from _shown(door.closed_file(), Path("/dev/zero"))


def _source(entry: view.Shown) -> Path:
    """Where it really is; engines make no links, so what a link leads to is shown in its place."""
    return (entry.source or entry.target.parent / entry.link).resolve()


def _covered(shown: list[tuple[Path, Path]]) -> Iterator[Path]:
    """Every place at which an installed copy of this package would be seen."""
    package = view.covered()
    for source, target in shown:
        if package and package.resolve().is_relative_to(source):
            yield target / package.resolve().relative_to(source)


def _shown(source: Path, target: Path) -> Iterator[str]:
    yield from ("--mount", f"type=bind,src={source},dst={target},readonly")


def _inner(engine: Engine, limits: Limits) -> list[str]:
    """The worker's command, with an environment to which the engine's settings add nothing."""
    # Where its id is that of the grader, the kernel would count the grader's processes with it.
    alone = engine.mapped or not os.geteuid()
    filtered = syscalls.worker_filter()
    settings = kit.settings_text(limits, system_calls=filtered, processes=alone)
    variables = [f"{name}={value}" for name, value in kit.environment(HOME).items()]
    return ["/usr/bin/env", "-i", *variables, *kit.command(KIT, f"{DOOR}/socket", settings)]
