"""Prepares the process before any code of a student: descriptors, limits, privileges."""

import base64
import fcntl
import os
import resource
import socket
import sys
from typing import Any

from autograder.worker import landlock, namespaces, privileges

DESCRIPTOR = 20
MOST_DESCRIPTORS = 1 << 20
Settings = dict[str, Any]


def descriptor_from(place: str) -> int:
    """The connection: an inherited descriptor, or one that is given to who calls at a socket."""
    if place.isdigit():
        return int(place)
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(place)
        return socket.recv_fds(caller, 1, 1)[1][0]


def connect(descriptor: int) -> socket.socket:
    """Move the connection out of the way and detach the process from everything else."""
    high = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, DESCRIPTOR)
    os.close(descriptor)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(3, high)
    os.closerange(high + 1, MOST_DESCRIPTORS)
    return socket.socket(fileno=high)


def confine(settings: Settings) -> None:
    """Set hard limits; they hold for every process that the student's code starts."""
    if "landlock" in settings:
        shut_in(**settings["landlock"])
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: settings["cpu_seconds"],
        resource.RLIMIT_DATA: settings["memory"],
        # Libraries and stacks are mapped too, so the whole address space gets more room.
        resource.RLIMIT_AS: settings["memory"] + (1 << 30),
        resource.RLIMIT_FSIZE: settings["file_size"],
        resource.RLIMIT_NOFILE: settings["open_files"],
    }
    if settings["processes"]:
        limits[resource.RLIMIT_NPROC] = settings["processes"]
    for limit, value in limits.items():
        hard = resource.getrlimit(limit)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (bound, bound))
    if settings["filter"]:
        privileges.filter_system_calls(base64.b64decode(settings["filter"]))


def shut_in(user: int, readable: list[str], covered: str) -> None:
    """What takes the place of namespaces: no privileges, few files to read and none to write."""
    namespaces.require_one_thread()
    privileges.drop_capabilities(user)
    privileges.end_with_parent()  # once more: a change of user has cleared it
    privileges.gain_none()
    landlock.restrict(readable, covered)
    sys.path[:] = [path for path in sys.path if _lists(path)]
    sys.path_importer_cache.clear()


def _lists(folder: str) -> bool:
    try:
        return bool(os.listdir(folder))
    except OSError:
        return False
