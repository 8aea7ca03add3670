"""Whatever a student's code does, the worker ends in time, says why, and leaves nothing behind."""

import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from textwrap import indent

import pytest

from autograder.sandbox import Ending, Limits, Worker, WorkerFailed
from autograder.sandbox.process import Child
from autograder.sandbox.usage import tree

FORGE = """
import os, socket, stat, struct, time
from autograder.wire import Channel
from autograder.wire.messages import Returned, to_wire

def sockets():
    for fd in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                yield fd
        except OSError:
            pass

def send(fd, message):
    Channel(socket.socket(fileno=os.dup(fd)), 10**9).send(to_wire(message), None)

def forge(number):
    for fd in sockets():
        send(fd, Returned(number, 5, None))

def write(data):
    for fd in sockets():
        os.write(fd, data)

def hang_up():
    for fd in sockets():
        os.close(fd)
    time.sleep(9)
"""

TIMEOUTS = {
    "loop": "while True: pass",
    "sleep": "import time; time.sleep(100)",
    "c_loop": "10 ** 10**9 % 7",
    "signals_ignored": """
import signal
for number in set(signal.Signals) - {9, 19}: signal.signal(number, signal.SIG_IGN)
while True: pass""",
    "swallowed": """
while True:
    try:
        while True: pass
    except BaseException: pass""",
    "slow_answer": """
class Slow(dict):
    def items(self):
        while True: pass
return Slow()""",
}

OF_PROCESSES = {
    "stopped": "import os, time; os.kill(os.getpid(), 19); time.sleep(99)",
    "child_holds_on": """
import os, time
if not os.fork(): os.setsid()
time.sleep(99)""",
}

CRASHES = {
    "abort": "import os; os.abort()",
    "segfault": "import ctypes; ctypes.string_at(0)",
    "stack": """
nested = ()
for _ in range(10**6): nested = (nested,)
return hash(nested) and None""",
}

EXITS = {"exit": "import os; os._exit(0)", "exit_code": "import os; os._exit(7)"}

FLOODS = {
    "large_array": "import numpy as np; return np.zeros(10**6)",
    "long_list": "return list(range(10**5))",
    "deep_list": """
nested = []
for _ in range(10**5): nested = [nested]
return nested""",
    "digits": "return 10**5000",
    "callbacks": "while True: given[0]()",
    "length": "write(struct.pack('<4sIQ', b'LWF1', 10, 2**63))",
}

BREACHES = {
    "noise": "write(b'A' * 100)",
    "wrong_number": "forge(1)",
    "hang_up": "hang_up()",
}

ENDINGS = [
    pytest.param(status, body, id=name)
    for status, bodies in (
        ("timeout", TIMEOUTS),
        ("crashed", CRASHES),
        ("exited", EXITS),
        ("flood", FLOODS),
        ("breach", BREACHES),
    )
    for name, body in bodies.items()
]


def descendants():
    return set(tree(os.getpid()))


@pytest.mark.parametrize(("status", "body"), ENDINGS)
def test_an_ending_has_its_name_and_leaves_nothing(launch, limits, status, body):
    ends(launch, limits, status, body)


@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize("body", OF_PROCESSES.values(), ids=OF_PROCESSES)
def test_what_processes_do_to_last_does_not_help(launch, limits, body):
    ends(launch, limits, "timeout", body)


def ends(launch, limits, status, body):
    before = descendants()
    with Worker(launch, limits) as worker:
        assert worker.run_cell(FORGE).error is None
        worker.run_cell("def f(*given):" + indent("\n" + body, "    "))
        started = time.monotonic()
        with pytest.raises(Ending) as ending:
            worker.call("f", [lambda: None], seconds=1.5)
    assert time.monotonic() - started < 5
    assert (ending.value.status, descendants()) == (status, before)
    with pytest.raises(WorkerFailed):
        worker.call("f")


def test_a_cell_ends_as_a_call_does(launch):
    with Worker(launch, Limits(cell_seconds=0.5)) as worker, pytest.raises(Ending) as ending:
        worker.run_cell("while True: pass")
    assert (ending.value.status, ending.value.sentence) == (
        "timeout",
        "was still running after 0.5 s",
    )


def test_what_arrives_between_calls_is_a_breach(fresh):
    fresh.run_cell(FORGE)
    fresh.run_cell("import threading\ndef f(): threading.Timer(0.2, forge, (1,)).start()")
    fresh.call("f")
    time.sleep(0.5)
    with pytest.raises(Ending) as ending:
        fresh.call("f")
    assert ending.value.status == "breach"


def test_an_end_between_calls_is_told_at_the_next(fresh):
    fresh.run_cell("import os, threading\nthreading.Timer(0.2, os._exit, (3,)).start()")
    time.sleep(0.5)
    with pytest.raises(Ending) as ending:
        fresh.run_cell("1")
    assert ending.value.status == "exited"


@pytest.mark.usefixtures("namespaces")
def test_a_fork_bomb_is_contained_and_the_next_worker_is_fine(launch, limits):
    source = (
        "import os\ndef f():\n    while True:\n        try: os.fork()\n        except OSError: pass"
    )
    with Worker(launch, limits) as bomb, Worker(launch, limits) as other:
        bomb.run_cell(source)
        with pytest.raises(Ending):
            bomb.call("f", seconds=1)
        assert other.run_cell("!echo fine").outputs[0]["text"] == "fine\n"


@pytest.mark.usefixtures("namespaces")
def test_a_full_disk_is_an_ordinary_error(fresh):
    fresh.run_cell("def f():\n    for i in range(9): open(f'/tmp/{i}', 'wb').write(b'x' * 2**20)")
    assert fresh.call("f").error.type == "OSError"


def test_a_closed_worker_can_be_closed_again(fresh):
    fresh.close()
    fresh.close()


def test_a_worker_that_does_not_start_is_no_ending():
    def broken(limits, end: socket.socket) -> Child:
        errors = tempfile.TemporaryFile()  # noqa: SIM115
        popen = subprocess.Popen(["/bin/sh", "-c", "echo no luck >&2; exit 3"], stderr=errors)
        return Child(popen, errors)

    with pytest.raises(WorkerFailed, match="no luck"):
        Worker(broken)


def test_descriptors_are_given_back(launch, limits):
    with Worker(launch, limits):
        pass
    before = len(list(Path("/proc/self/fd").iterdir()))
    with Worker(launch, limits):
        pass
    assert len(list(Path("/proc/self/fd").iterdir())) == before
