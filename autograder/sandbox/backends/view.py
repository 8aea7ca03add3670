"""What a worker sees of the host: its programs, Python, and the worker's own code."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import kit

LIBRARIES = ("bin", "lib", "lib32", "lib64", "libx32")
USR = Path("/usr")
FILES = ("/etc/ld.so.cache", "/etc/alternatives", "/usr/share/zoneinfo")
# Not /dev/zero: mapped and shared, it is memory that no process need own up to.
DEVICES = tuple(Path("/dev", name) for name in ("null", "random", "urandom"))


@dataclass(frozen=True)
class Shown:
    """A file or folder of the host, read-only, under a name of its own; or a symbolic link."""

    target: Path
    source: Path | None = None
    link: str = ""


def host() -> Iterator[Shown]:
    """Everything but the worker's own code."""
    yield from system()
    yield from python()


def system() -> Iterator[Shown]:
    """The system's programs and libraries, without its configuration."""
    yield from libraries(Path("/"))
    yield from libraries(USR)
    for file in map(Path, FILES):
        yield from existing(file)


def libraries(prefix: Path) -> Iterator[Shown]:
    """The programs and libraries below a prefix."""
    for path in (prefix / name for name in LIBRARIES):
        if path.is_symlink() and not os.path.isabs(os.readlink(path)):
            yield Shown(path, link=os.readlink(path))
        else:
            yield from existing(path)


def python() -> Iterator[Shown]:
    """The libraries and programs of every prefix: a prefix itself may be the course folder."""
    for prefix in sorted(prefixes() - {USR}):
        yield from libraries(prefix)
        yield from existing(prefix / "pyvenv.cfg")


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


def workers_code(folder: str) -> Iterator[Shown]:
    """The worker's part of this package, below `folder`."""
    for part in kit.PARTS:
        yield Shown(Path(folder, kit.PACKAGE.name, part), kit.PACKAGE / part)


def covered() -> Path | None:
    """An installed copy of this package among Python's libraries, of which nothing is shown."""
    inside = any(kit.PACKAGE.is_relative_to(prefix / "lib") for prefix in prefixes())
    return kit.PACKAGE if inside else None


def existing(path: Path) -> Iterator[Shown]:
    """Show a path under its own name, if it exists."""
    if path.exists():
        yield Shown(path, path)
