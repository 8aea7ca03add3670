"""From inside, there is Python and nothing else of this machine."""

import os
import socket
from pathlib import Path

import pytest

from autograder.sandbox.backends import bubblewrap, view
from autograder.sandbox.backends.view import prefixes

REFUSED = ("OSError", "PermissionError", "FileNotFoundError")
REPOSITORY = Path(__file__).parents[2]

# Python may live below /home or /root: then the folders that lead to it are there, and no more.
BESIDE_THE_ROAD = """
import os


def beside_the_road(path, roads):
    if path in roads or not os.path.lexists(path):
        return []
    if not os.path.isdir(path) or not any(road.startswith(path + "/") for road in roads):
        return [path]
    below = [os.path.join(path, name) for name in os.listdir(path)]
    return [found for entry in below for found in beside_the_road(entry, roads)]
"""


def value(worker, expression):
    assert worker.run_cell(f"def probe(): return {expression}").error is None
    reply = worker.call("probe")
    return reply.error.type if reply.error else reply.value


def test_only_the_workers_part_of_the_package_is_there(shared):
    shared.run_cell("import os, autograder")
    assert value(shared, "sorted(os.listdir(autograder.__path__[0]))") == [
        "__init__.py",
        "wire",
        "worker",
    ]
    for module in ("solutions", "autograder.suite", "autograder.sandbox", "tests"):
        assert value(shared, f"__import__({module!r})") == "ModuleNotFoundError"


@pytest.mark.usefixtures("namespaces")
def test_the_course_folder_is_absent(shared):
    shared.run_cell("import os")
    for name in ("solutions", "tests", "source", "autograder", "pyproject.toml", ".git"):
        assert value(shared, f"os.path.exists({str(REPOSITORY / name)!r})") is False


@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/etc/shadow", "/home", "/var", "/run", "/sys", "/root/.ssh"]
)
def test_the_rest_of_the_machine_is_absent(shared, launch, path):
    if launch.name in ("podman", "docker") and path in ("/run", "/sys"):
        files = f"[files for _, _, files in __import__('os').walk({path!r}) if files]"
        assert value(shared, files) == []  # an engine makes the folders; they are empty
        return
    shared.run_cell(BESIDE_THE_ROAD)
    roads = sorted(str(prefix) for prefix in prefixes())
    assert value(shared, f"beside_the_road({path!r}, {roads!r})") == []


@pytest.mark.usefixtures("namespaces")
def test_no_private_file_shows_through_a_mount(fresh):
    search = "find / -path /proc -prune -o -path /tmp -prune -o "
    search += "-type f ! -perm -o=r -readable -print 2>/dev/null"
    result = fresh.run_cell(f"found = !{search}\ndef readable(): return found[:20]")
    assert result.error is None
    assert os.geteuid() or fresh.call("readable").value == []


def test_the_environment_holds_nothing_of_the_graders(shared, monkeypatch):
    names = value(shared, "list(__import__('os').environ)")
    assert not {"SECRET", "PYTHONPATH", "USER", "VIRTUAL_ENV"} & set(names)
    seen = value(shared, "'PYTHONPATH' in open('/proc/1/environ').read()")
    assert seen in (False, "PermissionError")


@pytest.mark.usefixtures("namespaces")
def test_no_other_process_is_visible(shared):
    shared.run_cell("import os")
    numbers = value(shared, "[int(p) for p in os.listdir('/proc') if p.isdigit()]")
    assert set(numbers) <= {1, value(shared, "os.getpid()")}


@pytest.mark.usefixtures("namespaces")
def test_the_worker_is_nobody(shared):
    lines = value(shared, "open('/proc/self/status').read().splitlines()")
    status = dict(line.split(":\t", 1) for line in lines)
    assert os.geteuid() or "0" not in status["Uid"].split("\t")
    assert not any(int(status[key], 16) for key in status if key.startswith("Cap"))
    assert status["NoNewPrivs"] == "1"


@pytest.mark.usefixtures("namespaces")
def test_no_user_namespace_can_be_made(shared):
    result = shared.run_cell("!unshare --user true")
    assert "unshare failed" in result.outputs[0]["text"]


def test_there_is_no_network(shared):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        connect = f"__import__('socket').create_connection({address!r}, 1)"
        assert value(shared, connect) in REFUSED


@pytest.mark.usefixtures("namespaces")
def test_abstract_sockets_are_out_of_reach(shared):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(b"\0layerwise-test")
        server.listen()
        shared.run_cell("import socket\ns = socket.socket(socket.AF_UNIX)")
        assert value(shared, r"s.connect(b'\0layerwise-test')") == "ConnectionRefusedError"


@pytest.mark.parametrize(
    "path", ["/", "/dev", "/usr/lib", "/kit", "/kit/autograder/worker", "/etc", "/proc"]
)
def test_nothing_but_tmp_can_be_written(shared, path):
    assert value(shared, f"open({path + '/new'!r}, 'w')") in REFUSED


@pytest.mark.parametrize(
    "path",
    ["/proc/sys/kernel/core_pattern", "/proc/sys/vm/overcommit_memory", "/proc/sysrq-trigger"],
)
def test_the_kernel_cannot_be_configured(shared, path):
    assert value(shared, f"open({path!r}, 'w')") in REFUSED


@pytest.mark.usefixtures("namespaces")
def test_what_is_written_stays_inside(shared):
    assert value(shared, "open('/tmp/layerwise-was-here', 'w').write('x')") == 1
    assert not Path("/tmp/layerwise-was-here").exists()


def test_workers_do_not_see_each_others_files(shared, fresh):
    shared.run_cell("open('/tmp/mine', 'w').write('x')")
    assert value(fresh, "__import__('os').path.exists('/tmp/mine')") is False


def test_limits_cannot_be_raised(shared):
    raised = "resource.setrlimit(resource.RLIMIT_DATA, (1 << 40, 1 << 40))"
    shared.run_cell("import resource")
    assert value(shared, raised) in ("ValueError", "PermissionError")


def test_only_the_connection_is_open(shared):
    shared.run_cell("import os, stat")
    sockets = "[fd for fd in range(3, 200) if os.path.exists(f'/proc/self/fd/{fd}')]"
    assert len(value(shared, sockets)) <= 2


def test_no_prefix_is_shown_whole():
    sources = {shown.source for shown in view.host()}
    assert not sources & view.prefixes()
    assert REPOSITORY not in sources


def test_an_installed_copy_of_the_package_is_covered(monkeypatch, tmp_path):
    package = tmp_path / "lib" / "site-packages" / "autograder"
    package.mkdir(parents=True)
    (tmp_path / "lib64").symlink_to("lib")
    monkeypatch.setattr(view.kit, "PACKAGE", package)
    monkeypatch.setattr(view, "prefixes", lambda: {tmp_path})
    options = list(bubblewrap.files())
    covered = options.index("--tmpfs")
    assert options[covered + 1] == str(package)
    assert str(package) not in options[:covered]
    assert view.Shown(tmp_path / "lib64", link="lib") in view.libraries(tmp_path)
