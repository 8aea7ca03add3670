"""Picks the way to start workers on this machine, after trying it."""

import functools
import shutil
from collections.abc import Callable

from autograder.sandbox.backends import engine, reduced
from autograder.sandbox.backends.bubblewrap import Bubblewrap
from autograder.sandbox.backends.container import Container
from autograder.sandbox.backends.forkserver import ForkServer
from autograder.sandbox.backends.unprotected import Unprotected
from autograder.sandbox.endings import SandboxUnavailable, WorkerFailed
from autograder.sandbox.limits import Limits
from autograder.sandbox.worker import Launcher, Worker

MISSING = "bubblewrap is not installed: apt-get install bubblewrap"
APPARMOR = """\
This kernel (Ubuntu 24.04 and later) lets AppArmor forbid unprivileged user namespaces. Allow them
to bubblewrap: write into /etc/apparmor.d/bwrap
  abi <abi/4.0>,
  profile bwrap /usr/bin/bwrap flags=(unconfined) {
    userns,
  }
and load it with: sudo apparmor_parser -r /etc/apparmor.d/bwrap
(or allow them to everybody: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0)."""
NESTED = """\
This machine, perhaps a container, does not let bubblewrap make namespaces. In Docker, start the
container with --security-opt seccomp=unconfined --security-opt apparmor=unconfined
--security-opt systempaths=unconfined, or grade outside of it."""
REMEDIES = {
    "setting up uid map: Permission denied": APPARMOR,
    "Unknown option": "bubblewrap 0.8 or newer is needed.",
    "setpriv": "setpriv is needed: apt-get install util-linux",
    "namespace": NESTED,
    "Operation not permitted": NESTED,
}
OF_OTHERS = {
    "cgroups in hybrid mode": 'Podman needs runc here: runtime = "runc" in containers.conf.',
    "unknown flag": "podman 4.3 or newer is needed.",
}


def launcher(unprotected: bool = False) -> Launcher:
    """The best launcher for this machine; SandboxUnavailable if nothing here isolates."""
    return Unprotected() if unprotected else _best()


def launchers() -> dict[str, Callable[[], Launcher]]:
    """All ways to isolate, the best first; each gives a launcher or says why it can't be used."""
    return {
        "forkserver": _forkserver,
        "bubblewrap": _bubblewrap,
        "podman": functools.partial(_container, "podman"),
        "docker": functools.partial(_container, "docker"),
        "reduced": _reduced,
    }


def diagnosis(name: str, complaint: str) -> str:
    """Why a sandbox does not work here, and what helps."""
    known = REMEDIES if name in ("forkserver", "bubblewrap") else OF_OTHERS
    remedies = (text for symptom, text in known.items() if symptom in complaint)
    return f"{name} does not work here: {complaint}\n{next(remedies, '')}".strip()


def _best() -> Launcher:
    refusals = {}
    for name, launch in launchers().items():
        try:
            return launch()
        except SandboxUnavailable as refusal:
            refusals[str(refusal)] = name
    raise SandboxUnavailable("\n".join(refusals))


@functools.cache
def _forkserver() -> Launcher:
    return _tried(ForkServer(_program()))


@functools.cache
def _bubblewrap() -> Launcher:
    return _tried(Bubblewrap(_program()))


@functools.cache
def _container(name: str) -> Launcher:
    return _tried(Container(engine.find(name)))


@functools.cache
def _reduced() -> Launcher:
    reduced.require()
    return _tried(reduced.Reduced())


def _program() -> str:
    path = shutil.which("bwrap")
    if path is None:
        raise SandboxUnavailable(MISSING)
    return path


def _tried(launch: Launcher) -> Launcher:
    try:
        with Worker(launch, Limits()):
            return launch
    except (WorkerFailed, OSError) as failure:
        raise SandboxUnavailable(diagnosis(launch.name, str(failure))) from failure
