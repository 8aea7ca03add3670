"""Picks the way to start workers on this machine, after trying it."""

import functools
import os
import shutil
import subprocess

from autograder.sandbox.bubblewrap import Bubblewrap
from autograder.sandbox.endings import SandboxUnavailable
from autograder.sandbox.limits import Limits
from autograder.sandbox.unprotected import Unprotected
from autograder.sandbox.worker import Launcher

PROBE = ["/usr/bin/cat", "/proc/self/status", "/proc/net/dev"]
APPARMOR = """\
This kernel (Ubuntu 24.04 and later) lets AppArmor forbid unprivileged user namespaces. Allow them:
  sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0
or give bubblewrap an AppArmor profile with the rule `userns`."""
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


def launcher(unprotected: bool = False) -> Launcher:
    """The launcher for this machine; SandboxUnavailable if nothing here isolates."""
    return Unprotected() if unprotected else _bubblewrap()


@functools.cache
def _bubblewrap() -> Bubblewrap:
    path = shutil.which("bwrap")
    if path is None:
        raise SandboxUnavailable("bubblewrap is not installed: apt-get install bubblewrap")
    launch = Bubblewrap(path)
    probe = subprocess.run(
        launch.command(Limits(), PROBE), env={}, capture_output=True, text=True, timeout=30
    )
    if probe.returncode:
        raise SandboxUnavailable(diagnosis(probe.stderr.strip()))
    _require_isolation(probe.stdout)
    return launch


def diagnosis(complaint: str) -> str:
    """Why bubblewrap does not work here, and what helps."""
    remedies = (text for symptom, text in REMEDIES.items() if symptom in complaint)
    return f"bubblewrap does not work here: {complaint}\n{next(remedies, '')}".strip()


def _require_isolation(seen: str) -> None:
    process, _, network = seen.partition("Inter-")
    status = dict(line.split(":", 1) for line in process.splitlines())
    held = [key for key in ("CapEff", "CapPrm", "CapInh", "CapBnd") if int(status[key], 16)]
    still_root = not os.geteuid() and "0" in status["Uid"].split()
    if held or still_root or status["NoNewPrivs"].strip() != "1":
        raise SandboxUnavailable("bubblewrap leaves privileges to the worker; it is not used")
    interfaces = {line.split(":")[0].strip() for line in network.splitlines() if ":" in line}
    if interfaces - {"lo"}:
        raise SandboxUnavailable("bubblewrap leaves the network to the worker; it is not used")
