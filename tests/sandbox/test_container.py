"""A container holds Python and nothing of the engine's, and never outlives its grader."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

import pytest

from autograder.sandbox import Limits, SandboxUnavailable, Worker, WorkerFailed
from autograder.sandbox.backends import door, engine, view
from autograder.sandbox.backends.container import files as container_files
from autograder.sandbox.choice import launchers
from autograder.sandbox.process import Child

GRADER = """
import sys
from autograder.sandbox import Worker
from autograder.sandbox.choice import launchers
with Worker(launchers()[sys.argv[1]]()) as worker:
    worker.run_cell("def f():\\n    while True: pass")
    print("ready", flush=True)
    worker.call("f", seconds=60)
"""
CALL = """
import socket, sys
with socket.socket(socket.AF_UNIX) as caller:
    caller.connect(sys.argv[1])
    _, (descriptor,), _, _ = socket.recv_fds(caller, 1, 1)
socket.socket(fileno=descriptor).send(b"here")
"""


@pytest.fixture(scope="module", params=["podman", "docker"])
def container(request):
    try:
        return launchers()[request.param]()
    except SandboxUnavailable as refusal:
        pytest.skip(str(refusal))


@pytest.fixture
def start():
    """Start a process that has to call at a door."""
    started = []

    def run(*arguments):
        errors = tempfile.TemporaryFile()  # noqa: SIM115
        started.append(Child(subprocess.Popen(arguments, stderr=errors), errors))
        return started[-1]

    yield run
    for child in started:
        child.kill()


def names(container):
    command = [container.engine.program, "ps", "--all", "--format", "{{.Names}}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_a_container_is_removed_with_its_worker(container):
    with Worker(container) as worker:
        name = worker.link.process.name
        assert name in names(container)
    assert name not in names(container)


def test_a_killed_grader_leaves_no_container(container):
    command = [sys.executable, "-c", GRADER, container.name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as grader:
        assert grader.stdout.readline() == "ready\n"
        mine = f"layerwise-{grader.pid}-"
        assert any(name.startswith(mine) for name in names(container))
        grader.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while any(name.startswith(mine) for name in names(container)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(name.startswith(mine) for name in names(container))


def test_the_engine_adds_nothing(container):
    folders = ("/run", "/sys", "/dev/pts", "/dev/mqueue", "/dev/shm", "/door")
    with Worker(container) as worker:
        worker.run_cell(f"""
import os
def found():
    walks = [step for folder in {folders!r} for step in os.walk(folder)]
    return [os.path.join(at, name) for at, _, files in walks for name in files]
def variables(): return sorted(os.environ)
""")
        assert worker.call("found").value == []
        assert not {"container", "HOSTNAME", "TERM"} & set(worker.call("variables").value)


def test_an_engine_that_is_not_there_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxUnavailable, match="docker is not installed: apt-get install"):
        engine.find("docker")


@pytest.mark.parametrize(
    "script",
    ["echo 'no daemon' >&2; exit 1", """echo '{"ServerErrors": ["no daemon"]}'"""],
)
def test_an_engine_that_does_not_answer_says_why(monkeypatch, tmp_path, script):
    program = tmp_path / "docker"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(SandboxUnavailable, match="docker does not work here: no daemon"):
        engine.find("docker")


def test_who_calls_at_the_door_is_given_the_connection_and_known(start):
    ours, theirs = socket.socketpair()
    with ours, theirs, door.Door() as opened:
        child = start(sys.executable, "-c", CALL, str(opened.folder / "socket"))
        assert opened.hand_over(theirs, child, 10, os.getuid()) == child.pid
        assert ours.recv(9) == b"here"
    assert not opened.outer.exists()


def test_only_its_owner_enters_the_folder_of_the_door():
    with door.Door() as opened:
        assert opened.outer.stat().st_mode & 0o777 == 0o700
        assert opened.closed_file().stat().st_mode & 0o777 == 0


def test_a_stranger_at_the_door_is_given_nothing(start):
    ours, theirs = socket.socketpair()
    with ours, theirs, door.Door() as opened:
        child = start(sys.executable, "-c", CALL, str(opened.folder / "socket"))
        with pytest.raises(WorkerFailed, match="somebody else"):
            opened.hand_over(theirs, child, 10, os.getuid() + 1)


@pytest.mark.parametrize(
    ("script", "says"), [("echo no luck >&2; exit 3", "no luck"), ("sleep 9", "in 0.2 s")]
)
def test_a_worker_that_never_calls_is_no_ending(start, script, says):
    ours, theirs = socket.socketpair()
    with ours, theirs, door.Door() as opened, pytest.raises(WorkerFailed, match=says):
        opened.hand_over(theirs, start("/bin/sh", "-c", script), 0.2 if "0.2" in says else 10, None)


def test_an_installed_copy_of_the_package_is_covered_wherever_it_shows(monkeypatch, tmp_path):
    package = tmp_path / "lib" / "site-packages" / "autograder"
    package.mkdir(parents=True)
    shown = [
        view.Shown(tmp_path / "lib", tmp_path / "lib"),
        view.Shown(tmp_path / "lib64", link="lib"),
    ]
    monkeypatch.setattr(view, "host", lambda: shown)
    monkeypatch.setattr(view, "covered", lambda: package)
    docker = engine.Engine("docker", "docker", False, True, True)
    with door.Door() as opened:
        options = list(container_files(docker, Limits(), opened))
    for lib in ("lib", "lib64"):
        place = tmp_path / lib / "site-packages" / "autograder"
        assert f"{place}:ro,size=4k" in options
        assert f"type=bind,src={tmp_path / 'lib'},dst={tmp_path / lib},readonly" in options
