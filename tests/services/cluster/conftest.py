"""Nodes that are not as they should be, and a class that takes them a while."""

import contextlib
import shutil
import socket
import sys
import threading
from pathlib import Path

import pytest

import autograder


@pytest.fixture(scope="session")
def hardened():
    """How to start a node that can't isolate anything."""
    program = [sys.executable, Path(__file__).with_name("hardened.py")]
    nowhere = "unix:///nowhere"
    return {"before": program, "DOCKER_HOST": nowhere, "CONTAINER_HOST": nowhere}


@pytest.fixture
def other_kit(tmp_path):
    """Where a copy of the kit lies that is not quite the same."""
    folder = tmp_path / "other"
    shutil.copytree(Path(autograder.__file__).parent, folder / "autograder")
    with (folder / "autograder" / "budget.py").open("a") as file:
        file.write("\n\nNEWS = 1\n")
    return str(folder)


@pytest.fixture
def crowd(room, hand_in, answers, right):
    """The class, and as many again whose notebooks take a while."""
    for number in range(6):
        slow = f"import time; time.sleep(1)  # {number}\n{right['summary']}"
        hand_in(f"t{number}", answers({"summary": slow}))
    return room


@pytest.fixture(scope="session")
def proxy():
    """A way to a port of this machine; all that passes is kept."""
    return Proxy


class Proxy:
    """Passes on what comes, in both directions. Use it as a context manager."""

    def __init__(self, port):
        self.passed = bytearray()
        self._there = ("127.0.0.1", port)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.close()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                self._connect(self._server.accept()[0])

    def _connect(self, here):
        try:
            there = socket.create_connection(self._there)
        except OSError:  # nobody listens yet
            here.close()
            return
        for pair in ((here, there), (there, here)):
            threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source, target):
        with contextlib.suppress(OSError):
            while content := source.recv(1 << 16):
                self.passed += content
                target.sendall(content)
            target.shutdown(socket.SHUT_WR)
