"""Looks for what must be out of reach; run inside a worker as a cell, and imported nowhere.

Every function tells what it found, as a text; an empty one means that nothing was in reach.
"""

import ctypes
import importlib
import os
import socket


def opened(paths: list[str]) -> str:
    """Files that can be read, and folders that can be listed."""
    return "; ".join(path for path in paths if _opens(path))


def imported(names: list[str]) -> str:
    """Modules that can be imported."""
    return "; ".join(name for name in names if _imports(name))


def environment(token: str) -> str:
    """Where a text of the grader's environment can be seen."""
    if any(token in value for value in os.environ.values()):
        return "the environment"
    places = (
        f"/proc/{name}/{file}" for name in _listed("/proc") for file in ("environ", "cmdline")
    )
    return "; ".join(path for path in places if token in _content(path))


def processes(pid: int) -> str:
    """Another process that can be seen or sent a signal."""
    own = {1, os.getpid()}  # the first process of a namespace belongs to the sandbox
    others = [name for name in _listed("/proc") if name.isdigit() and int(name) not in own]
    try:
        os.kill(pid, 0)
        others.append(f"process {pid} takes signals")
    except OSError:
        pass
    return "; ".join(others)


def network(port: int, name: str, path: str) -> str:
    """A socket of this machine that can be connected to."""
    addresses: dict[str, tuple[int, object]] = {
        "the loopback interface": (socket.AF_INET, ("127.0.0.1", port)),
        "an abstract socket": (socket.AF_UNIX, "\0" + name),
        "a socket in a folder": (socket.AF_UNIX, path),
        "the machine's host": (socket.AF_VSOCK, (2, 1)),
    }
    return "; ".join(what for what, address in addresses.items() if _connects(*address))


def written(folders: list[str]) -> str:
    """Folders of this machine in which a file can be made."""
    return "; ".join(folder for folder in folders if _writes(folder))


def privileges() -> str:
    """What the process may do that a worker must not."""
    library = ctypes.CDLL(None)
    held = (ctypes.c_uint32 * 6)()
    library.capget((ctypes.c_uint32 * 2)(0x20080522, 0), held)
    facts = {
        "capabilities": any(held),
        "new privileges": library.prctl(39, 0, 0, 0, 0) != 1,
        "all system calls": library.prctl(21, 0, 0, 0, 0) != 2,
        "namespaces of its own": library.unshare(1 << 28) == 0,
    }
    return "; ".join(what for what, holds in facts.items() if holds)


def _opens(path: str) -> bool:
    try:
        os.listdir(path) if os.path.isdir(path) else open(path, "rb").close()
    except OSError:
        return False
    return True


def _imports(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _content(path: str) -> str:
    try:
        with open(path, errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _connects(family: int, address: object) -> bool:
    try:
        with socket.socket(family) as connection:
            connection.settimeout(1)
            connection.connect(address)  # type: ignore[arg-type]
    except OSError:
        return False
    return True


def _writes(folder: str) -> bool:
    path = os.path.join(folder, "written-from-inside")
    try:
        open(path, "w").close()
        os.remove(path)
    except OSError:
        return False
    return True
