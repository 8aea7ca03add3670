"""What holds of the fork server in particular."""

import os
import signal
import time

import pytest

from autograder.sandbox import SandboxUnavailable, Worker, WorkerFailed
from autograder.sandbox.backends import view
from autograder.sandbox.backends.forkserver import ForkServer
from autograder.sandbox.choice import launchers
from autograder.sandbox.usage import tree

RANDOM = """
import random, uuid
import numpy as np
def drawn(): return [
    random.random(), np.random.random(), np.random.default_rng().random(), uuid.uuid4().hex,
    np.random.RandomState().random_sample(),
]
"""


@pytest.fixture(scope="module")
def launch():
    """The fork server of this machine."""
    try:
        return launchers()["forkserver"]()
    except SandboxUnavailable as refusal:
        pytest.skip(str(refusal))


@pytest.fixture
def own(launch):
    """A server that a test may end."""
    server = ForkServer(launch.path)
    yield server
    server._server.close()


def seconds_to_start(launch):
    began = time.perf_counter()
    with Worker(launch):
        return time.perf_counter() - began


def test_no_two_workers_draw_the_same_numbers(launch):
    drawn = []
    for _ in range(3):
        with Worker(launch) as worker:
            worker.run_cell(f"{RANDOM}kept = drawn()\ndef given(): return kept")
            drawn += worker.call("given").value  # a call starts the generators from its seed
    assert len(set(drawn)) == len(drawn)


def test_workers_start_many_times_faster_than_a_sandbox_each(launch):
    forked = sorted(seconds_to_start(launch) for _ in range(9))[4]
    alone = sorted(seconds_to_start(launchers()["bubblewrap"]()) for _ in range(3))[1]
    assert forked < alone / 2


def test_what_a_worker_changes_no_other_sees(launch):
    with Worker(launch) as first:
        first.run_cell("import numpy as np, builtins\nnp.sum = builtins.print = None")
    with Worker(launch) as second:
        assert second.run_cell("import numpy as np\nprint(np.sum([1, 2]))").error is None


def test_python_may_live_where_a_worker_writes(own, monkeypatch, tmp_path):
    folder, link = tmp_path / "lib", tmp_path / "lib64"
    folder.mkdir()
    (folder / "module.py").write_text("answer = 42")
    link.symlink_to("lib")
    shown = [*view.host(), view.Shown(folder, folder), view.Shown(link, link="lib")]
    monkeypatch.setattr(view, "host", lambda: shown)
    with Worker(own) as worker:
        source = f"import sys\nsys.path.append({str(link)!r})\nfrom module import answer"
        assert worker.run_cell(source).error is None
        assert worker.run_cell("open('/tmp/mine', 'w').close()").error is None
        assert worker.run_cell(f"open({str(folder / 'new')!r}, 'w')").error == "OSError"


def test_a_server_that_dies_is_no_fault_of_the_students_and_is_replaced(own):
    with Worker(own) as worker:
        for pid in list(tree(own._server.process.pid)):
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(WorkerFailed):
            worker.run_cell("while True: pass")
    with Worker(own) as worker:
        assert worker.run_cell("1 + 1").error is None


def test_a_forked_grader_has_a_server_of_its_own(own):
    with Worker(own):
        first = own._server.process.pid
        child = os.fork()
        if not child:
            with Worker(own):
                os._exit(own._server.process.pid == first)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_end_of_a_forked_grader_ends_no_worker_of_its_parent(own):
    with Worker(own) as worker:
        child = os.fork()
        if not child:
            own._server.close()
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert worker.run_cell("1 + 1").error is None
