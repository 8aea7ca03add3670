"""What an attack could touch outside the sandbox: planted tokens, decoys, listeners, processes."""

import contextlib
import ctypes
import hashlib
import os
import secrets
import select
import socket
import time
from pathlib import Path

SUBREAPER = 36
MARK = "pwned"
WORDS = ("LEAK:", "LEAK_", "PWNED:")
OUTSIDE = ("/", "/tmp", "/var/tmp", "/dev/shm", "/run", "/root", "~", ".")


class Arena:
    """The surroundings of the grader, and what has happened to them."""

    def __init__(self, folder):
        self.folder = folder
        self.tokens = {name: secrets.token_hex(16) for name in ("environment", "course", "decoy")}
        self.other = folder / "other" / "submitted" / "mallory" / "layers.ipynb"
        self.listeners = []
        os.environ["LAYERWISE_PLANTED"] = self.tokens["environment"]

    def __enter__(self):
        self.other.parent.mkdir(parents=True)
        self.other.write_text(self.tokens["decoy"])
        (self.folder / "token.txt").write_text(self.tokens["decoy"])
        self.listeners = [_listener(*address) for address in self.addresses()]
        return self

    def __exit__(self, *_):
        for listener in self.listeners:
            listener.close()

    def addresses(self):
        yield socket.AF_INET, ("127.0.0.1", 0)
        yield socket.AF_UNIX, f"\0layerwise-{self.tokens['decoy'][:8]}"
        yield socket.AF_UNIX, str(self.folder / "decoy.sock")

    def places(self):
        """What an attack is told: more than any student knows."""
        port, abstract, path = (listener.getsockname() for listener in self.listeners)
        return {
            "@PORT@": port[1],
            "@ABSTRACT@": abstract.decode()[1:],
            "@SOCKET@": path,
            "@FOLDER@": self.folder,
            "@GRADER@": os.getpid(),
        }

    def leaks(self, text):
        """Planted tokens that a text holds, and words with which an attack boasts."""
        planted = [name for name, token in self.tokens.items() if token in text]
        return planted + [word for word in WORDS if word in text]

    def connections(self):
        """Listeners that somebody has connected to."""
        ready, _, _ = select.select(self.listeners, [], [], 0)
        for listener in ready:
            listener.accept()[0].close()
        return [listener.getsockname() for listener in ready]

    def written(self):
        """Files with an attack's mark, where the whole machine can write."""
        places = {os.path.realpath(os.path.expanduser(place)) for place in OUTSIDE}
        found = []
        for place in (*places, *map(str, (self.folder, *self.folder.iterdir()))):
            with contextlib.suppress(OSError):
                found += [f"{place}/{name}" for name in os.listdir(place) if MARK in name]
        return found


def content(folder):
    """Every file of a folder with a digest of its content."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@contextlib.contextmanager
def adopting_orphans():
    """Orphans come to this process instead of to init, so that none gets lost."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    try:
        yield
    finally:
        ctypes.CDLL(None).prctl(SUBREAPER, 0)


def processes(before=frozenset(), patience=3.0):
    """Living descendants of this process that were not there before; they get time to end."""
    until = time.monotonic() + patience
    while (found := frozenset(_descendants(os.getpid())) - before) and time.monotonic() < until:
        time.sleep(0.05)
        if not before:
            break
    return found


def _descendants(pid):
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                if _lives(child):
                    yield child
                    yield from _descendants(child)


def _lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _listener(family, address):
    listener = socket.socket(family)
    listener.bind(address)
    listener.listen()
    return listener
