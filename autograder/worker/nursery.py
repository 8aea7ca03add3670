"""The fork server: loads NumPy and the shell once, then forks every worker into a world of its own.

It runs no code of a student and holds nothing of a course. What it is asked for arrives over
`control`, a socket that keeps messages apart: settings as JSON, with a worker's end of its
connection. It answers with the worker's process, and says how it ended.
"""

import array
import gc
import json
import os
import select
import signal
import socket
from typing import Any, NoReturn

import numpy as np

from autograder.worker import bootstrap, namespaces, privileges
from autograder.worker.serve import serve
from autograder.worker.shell import Shell, load_figures, make_shell

MAX_REQUEST = 1 << 16


def main(descriptor: str) -> NoReturn:
    """Entry point; `descriptor` is the inherited control socket."""
    os.chdir(os.environ["HOME"])
    control = socket.socket(fileno=int(descriptor))
    shell = make_shell()
    load_figures()
    namespaces.require_one_thread()
    gc.collect()
    gc.freeze()  # what is there now is shared with every worker, and stays shared
    Nursery(control, shell).run()
    os._exit(0)


class Nursery:
    """Starts workers on request, and reports their ends."""

    def __init__(self, control: socket.socket, shell: Shell) -> None:
        self.control, self.shell = control, shell
        self.workers: dict[int, tuple[int, int]] = {}  # by pidfd: process id, number

    def run(self) -> None:
        """Serve until the grader hangs up; then everything below ends with this process."""
        self._tell({"ready": True})
        while True:
            ready = select.select([self.control.fileno(), *self.workers], [], [])[0]
            for pidfd in set(ready) & self.workers.keys():
                self._bury(pidfd)
            if self.control.fileno() in ready and not self._accept():
                return

    def _accept(self) -> bool:
        message, ancillary, _, _ = self.control.recvmsg(MAX_REQUEST, socket.CMSG_SPACE(4))
        if not message:
            return False
        request = json.loads(message)
        ends = array.array("i", ancillary[0][2])
        with socket.socket(fileno=ends[0]) as end:
            self._start(request["number"], request["settings"], end)
        return True

    def _start(self, number: int, settings: bootstrap.Settings, end: socket.socket) -> None:
        pid, complaint = fork_worker(self.shell, settings, end)
        if complaint or pid is None:
            self._tell({"number": number, "complaint": complaint or "the worker did not start"})
            return
        pidfd = os.pidfd_open(pid)
        self.workers[pidfd] = pid, number
        self._tell({"number": number}, pidfd)

    def _bury(self, pidfd: int) -> None:
        pid, number = self.workers.pop(pidfd)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.close(pidfd)
        self._tell({"number": number, "code": code})

    def _tell(self, message: dict[str, Any], *descriptors: int) -> None:
        socket.send_fds(self.control, [json.dumps(message).encode()], list(descriptors))


def fork_worker(
    shell: Shell, settings: bootstrap.Settings, end: socket.socket
) -> tuple[int | None, str]:
    """Start a worker: its process id, and what went wrong."""
    reading, writing = os.pipe()
    between = os.fork()
    if not between:
        _between(shell, settings, end, writing)
    os.close(writing)
    with open(reading, encoding="utf-8", errors="replace") as pipe:
        said = pipe.read(10_000)  # to its end: then the worker is confined
    os.waitpid(between, 0)
    pid, _, complaint = said.partition("\n")
    return (int(pid), complaint) if pid.isdigit() else (None, said)


def _between(shell: Shell, settings: bootstrap.Settings, end: socket.socket, pipe: int) -> NoReturn:
    """The process that goes into new namespaces; its child is the first inside."""
    try:
        namespaces.leave()
        child = os.fork()
        if not child:
            _first(shell, settings, end, pipe)
        os.write(pipe, f"{child}\n".encode())
    except BaseException as error:
        os.write(pipe, f"{error}".encode())
    os._exit(0)


def _first(shell: Shell, settings: bootstrap.Settings, end: socket.socket, pipe: int) -> NoReturn:
    """The worker itself."""
    try:
        home = os.environ["HOME"]
        namespaces.furnish(home, settings["tmpfs"], settings["below_home"])
        os.chdir(home)
        os.setsid()
        privileges.drop_capabilities()
        privileges.stay_visible()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        np.random.seed()  # Python's own generator does this by itself after a fork
        bootstrap.confine(settings)
    except BaseException as error:
        os.write(pipe, f"\n{error}".encode())
        os._exit(1)
    serve(bootstrap.connect(end.detach()), shell, settings)
