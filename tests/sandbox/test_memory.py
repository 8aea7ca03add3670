"""A worker's memory is bounded for all its processes together, wherever it lies."""

import os
from textwrap import indent

import pytest

from autograder.sandbox import Ending, Worker, watch
from autograder.sandbox.usage import tree

GREEDY = {
    "children": """
import os, time
for _ in range(8):
    if not os.fork():
        eaten = b'x' * 10**8; time.sleep(99)
time.sleep(99)""",
    "sockets": """
import os, socket, time
def fill():
    for end in socket.socketpair():
        end.setblocking(False)
        kept.append(end)
        try:
            while True: end.send(b'x' * 2**17)
        except BlockingIOError: pass
kept = []
for _ in range(28):
    if not os.fork():
        for _ in range(55): fill()
        time.sleep(99)
time.sleep(99)""",
}


@pytest.fixture(params=["cgroup", "watchdog"])
def watched(request, monkeypatch, launch):
    """Each way to watch; a control group can only be had where this user may make one."""
    if request.param == "watchdog":
        monkeypatch.setattr(watch, "_group", lambda pid, limit: None)
    with Worker(launch) as worker:
        if worker.link.watch.name != request.param:
            pytest.skip("this user may not make a control group for memory here")
    return launch


@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize("greed", GREEDY)
def test_all_processes_together_have_one_limit(watched, limits, greed):
    before = set(tree(os.getpid()))
    with Worker(watched, limits) as worker:
        worker.run_cell("def f():" + indent("\n" + GREEDY[greed], "    "))
        with pytest.raises(Ending) as ending:
            worker.call("f", seconds=10)
    assert (ending.value.status, ending.value.sentence) == (
        "memory",
        "used more than 400 MiB of memory",
    )
    assert set(tree(os.getpid())) == before


@pytest.mark.usefixtures("namespaces")
def test_what_forked_processes_share_counts_once(watched, limits):
    source = """
        import os, time
        kept = bytearray(b'x' * 10**8)
        def f():
            children = [os.fork() for _ in range(3)]
            time.sleep(0.3)
            if 0 in children: os._exit(0)
            for child in children: os.waitpid(child, 0)
            return len(kept)
    """
    with Worker(watched, limits) as worker:
        assert worker.run_cell(source).error is None
        assert worker.call("f").value == 10**8


@pytest.mark.parametrize(
    "hidden",
    [
        "os.memfd_create('m')",
        "mmap.mmap(-1, 2**20)",
        "ctypes.CDLL(None, use_errno=True).shmget(0, 4096, 0o1600) < 0 and 1/0",
        "socket.socketpair()[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**20)",
        "mmap.mmap(os.open('/dev/zero', os.O_RDWR), 2**20)",
    ],
)
def test_memory_that_no_process_has_mapped_cannot_be_had(shared, hidden):
    result = shared.run_cell(f"import ctypes, mmap, os, socket\n{hidden}")
    errors = ("PermissionError", "FileNotFoundError", "OSError", "ZeroDivisionError")
    assert result.error in errors


def test_no_control_group_is_left(watched, limits):
    with Worker(watched, limits) as worker:
        folder = getattr(worker.link.watch, "folder", None)
    assert folder is None or not folder.exists()


HOARD = """
def hoard(*_):
    hoard = []
    while True:
        hoard.append(bytearray(2**22))

def half():
    return len([bytearray(2**22) for _ in range({half} // 2**22)])
"""


def test_what_a_function_held_that_ran_out_of_memory_is_free_again(launch, limits):
    with Worker(launch, limits) as worker:
        worker.run_cell(HOARD.format(half=limits.memory // 2))
        for _ in range(3):
            assert worker.run_cell("hoard()").error == "MemoryError"
            assert worker.run_cell("half()").error is None
            assert worker.call("hoard").error.type == "MemoryError"
            assert worker.call("half").error is None
