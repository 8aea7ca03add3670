"""Without namespaces: one process that starts none, reads Python, and changes nothing."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox import SandboxUnavailable, Worker, kit
from autograder.sandbox.choice import launchers
from autograder.worker import landlock

REPOSITORY = Path(__file__).parents[2]
OLDEST = "from autograder.worker import landlock; landlock.version = lambda: 1; "

HELPERS = """
import ctypes, errno, fcntl, mmap, os, resource, socket, subprocess, threading, time

C = ctypes.CDLL(None, use_errno=True)


def c(name, *arguments):
    if getattr(C, name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), name)


def refused(attempt):
    try:
        attempt()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"
"""

TO_A_PROCESS = {
    "ask": "os.kill(pid, 0)",
    "kill": "os.kill(pid, 9)",
    "kill_group": "os.killpg(pid, 9)",
    "kill_thread": "c('syscall', 234, pid, pid, 9)",
    "kill_by_queue": "c('sigqueue', pid, 9, None)",
    "open": "os.pidfd_open(pid)",
    "trace": "c('ptrace', 16, pid, None, None)",
    "seize": "c('ptrace', 0x4206, pid, None, None)",
    "read_memory": "c('process_vm_readv', pid, None, 0, None, 0, 0)",
    "limit": "resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1))",
    "slow_down": "os.setpriority(os.PRIO_PROCESS, pid, 19)",
    "confine": "os.sched_setaffinity(pid, {0})",
    "demote": "os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))",
    "own_a_socket": "fcntl.fcntl(socket.socketpair()[0], fcntl.F_SETOWN, pid)",
    "environment": "open(f'/proc/{pid}/environ')",
    "memory": "open(f'/proc/{pid}/mem', 'rb+')",
    "descriptors": "os.listdir(f'/proc/{pid}/fd')",
}

TO_A_FILE = {
    "read": "open(path)",
    "write": "open(path, 'w')",
    "append": "open(path, 'a')",
    "empty_while_reading": "os.open(path, os.O_RDONLY | os.O_TRUNC)",
    "open_for_neither": "os.open(path, 3)",
    "empty_for_neither": "os.open(path, 3 | os.O_TRUNC)",
    "empty": "os.truncate(path, 0)",
    "remove": "os.remove(path)",
    "rename": "os.rename(path, path + '-new')",
    "link": "os.link(path, path + '-new')",
    "link_home": "os.link(path, os.path.expanduser('~/new'))",
    "symlink": "os.symlink(path, path + '-new')",
    "beside": "open(path + '-new', 'w')",
    "folder": "os.mkdir(path + '-new')",
    "pipe": "os.mkfifo(path + '-new')",
    "unnamed": "os.open(os.path.dirname(path), os.O_TMPFILE | os.O_RDWR)",
    "list": "os.listdir(os.path.dirname(path))",
    "mode": "os.chmod(path, 0o777)",
    "mode_by_the_new_call": "c('syscall', 452, -100, path.encode(), 0o777, 0)",
    "owner": "os.chown(path, os.getuid(), os.getgid())",
    "times": "os.utime(path, (1, 1))",
    "attribute": "os.setxattr(path, 'user.x', b'x')",
    "watch": "c('inotify_add_watch', C.inotify_init(), path.encode(), 0xfff)",
    "the_new_open": "c('syscall', 437, -100, path.encode(), bytes(24), 24)",
}

TO_WHAT_IT_READS = {
    "lock": "fcntl.flock(source, fcntl.LOCK_SH)",
    "lock_a_range": "fcntl.lockf(source, fcntl.LOCK_SH)",
    "lease": "fcntl.fcntl(source, 1024, 0)",
    "flags": "fcntl.ioctl(source, 0x40086602, bytes(8))",
    "encryption": "fcntl.ioctl(source, 0xc0506617, bytes(80))",
    "mode": "os.fchmod(source.fileno(), 0o777)",
    "times": "os.utime(source.fileno(), (1, 1))",
}

OF_ITS_OWN = {
    "process": "os.fork()",
    "program": "os.execv('/bin/true', ['true'])",
    "spawn": "subprocess.run(['/bin/true'])",
    "shell": "get_ipython().system('true')",
    "namespace": "c('unshare', 1 << 28)",
    "internet": "socket.socket(socket.AF_INET)",
    "unix": "socket.socket(socket.AF_UNIX)",
    "datagrams": "socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
    "connection": "socket.socketpair()[0].connect('/run/systemd/notify')",
    "file_here": "open('new', 'w')",
    "file_in_tmp": "open('/tmp/new', 'w')",
    "shared_memory": "open('/dev/shm/new', 'w')",
    "hidden_memory": "c('prctl', 4, 0, 0, 0, 0)",
    "timer": "c('timer_create', 0, None, bytes(8))",
    "landlock": "c('syscall', 444, None, 0, 1)",
}


@pytest.fixture(scope="module")
def reduced():
    try:
        return launchers()["reduced"]()
    except SandboxUnavailable as refusal:
        pytest.skip(str(refusal))


@pytest.fixture(scope="module", params=["this kernel", "the oldest kernel"])
def worker(request, reduced, limits):
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "the oldest kernel":
            start = kit.START.replace("from autograder", OLDEST + "from autograder")
            patch.setattr(kit, "START", start)
        with Worker(reduced, limits) as worker:
            assert worker.run_cell(HELPERS).error is None
            yield worker


@pytest.fixture(scope="module")
def neighbour():
    with subprocess.Popen(["/bin/sleep", "300"], start_new_session=True) as process:
        yield process
        process.kill()


@pytest.fixture
def file():
    """A file that its owner, and everybody else, may change."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_text("hidden")
        path.chmod(0o666)
        path.parent.chmod(0o777)
        os.utime(path, (7, 7))
        yield path


def ask(worker, attempt, **names):
    heading = "".join(f"{name} = {value!r}\n" for name, value in names.items())
    assert worker.run_cell(f"{heading}def f(): return refused(lambda: {attempt})").error is None
    return worker.call("f").value


@pytest.mark.parametrize("attempt", TO_A_PROCESS.values(), ids=TO_A_PROCESS)
def test_other_processes_are_left_alone(worker, neighbour, attempt):
    assert ask(worker, attempt, pid=neighbour.pid) in ("EPERM", "EACCES")
    assert neighbour.poll() is None


@pytest.mark.parametrize("attempt", TO_A_FILE.values(), ids=TO_A_FILE)
def test_files_are_neither_read_nor_changed(worker, file, attempt):
    before = file.stat()
    assert ask(worker, attempt, path=str(file)) in ("EPERM", "EACCES", "ENOSYS", "EXDEV")
    assert (file.read_text(), os.listdir(file.parent)) == ("hidden", ["file"])
    after = file.stat()
    kept = ("st_mode", "st_uid", "st_mtime", "st_ctime", "st_nlink")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


@pytest.mark.parametrize("attempt", TO_WHAT_IT_READS.values(), ids=TO_WHAT_IT_READS)
def test_what_it_may_read_it_leaves_as_it_is(worker, attempt):
    worker.run_cell("source = open(os.__file__)")
    assert ask(worker, attempt) in ("EPERM", "EACCES")


@pytest.mark.parametrize("attempt", OF_ITS_OWN.values(), ids=OF_ITS_OWN)
def test_it_starts_connects_and_makes_nothing(worker, attempt):
    assert ask(worker, attempt) in ("EPERM", "EACCES")


@pytest.mark.parametrize(
    "path", ["/", "/etc", "/etc/passwd", "/home", "/var", "/run", "/proc", "/proc/self/status"]
)
def test_the_rest_of_the_machine_cannot_be_read(worker, path):
    attempt = "os.listdir(path) if os.path.isdir(path) else open(path)"
    assert ask(worker, attempt, path=path) == "EACCES"


def test_the_course_folder_is_out_of_reach_and_unnamed(worker):
    for name in ("", "solutions/linear.py", "tests", "autograder/suite", "pyproject.toml"):
        path = str(REPOSITORY / name)
        attempt = "os.listdir(path) if os.path.isdir(path) else open(path)"
        assert ask(worker, attempt, path=path) == "EACCES"
    worker.run_cell("import sys\ndef told(): return [*sys.path, *sys.argv, os.getcwd()]")
    told = [Path(path) for path in worker.call("told").value]
    ours = [path for path in told if path.is_relative_to(REPOSITORY)]
    assert all(path.is_relative_to(sys.prefix) for path in ours)  # Python may live in the folder


def test_it_holds_no_privilege_and_is_not_root_if_it_need_not_be(worker):
    lines = Path(f"/proc/{worker.link.process.pid}/status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines)
    assert not any(int(status[key], 16) for key in status if key[:3] == "Cap" and key != "CapBnd")
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    assert os.geteuid() or status["CapBnd"].strip("0") == ""
    road = [*Path(os.path.realpath(sys.executable)).parents, *Path(sys.prefix).parents]
    closed = any(not folder.stat().st_mode & 0o001 for folder in road)
    assert os.geteuid() or closed or "0" not in status["Uid"].split("\t")


def test_threads_and_devices_work(worker):
    worker.run_cell("""
def f():
    thread = threading.Thread(target=lambda: found.append(1))
    found = []
    thread.start()
    thread.join()
    with open(os.devnull, "w") as null:
        null.write("x")
    return found, len(os.urandom(3)), len(open("/dev/urandom", "rb").read(3))
""")
    assert worker.call("f").value == ([1], 3, 3)


def test_threads_are_bounded(worker):
    status = Path(f"/proc/{worker.link.process.pid}/status").read_text()
    if "Uid:\t0\t" in status:
        pytest.skip("the kernel does not bound what runs as root, even without privileges")
    worker.run_cell("""
def f():
    stop, threads = threading.Event(), []
    try:
        for _ in range(200):
            threads.append(threading.Thread(target=stop.wait))
            threads[-1].start()
    finally:
        stop.set()
""")
    assert worker.call("f").error.type == "RuntimeError"


def test_an_installed_copy_of_the_package_is_not_read(tmp_path):
    package = tmp_path / "lib" / "site-packages" / "autograder"
    other = package.with_name("autograder_tools")
    for folder in (package / "suite", other):
        folder.mkdir(parents=True)
    (tmp_path / "lib" / "back").symlink_to(package)
    rules = dict(landlock.allowed([str(tmp_path / "lib")], str(package)))
    listed = [str(package.parents[1]), str(package.parent)]
    assert rules[str(other)] & landlock.READ_FILE
    assert [path for path in rules if not rules[path] & landlock.READ_FILE] == listed
    assert set(rules) == {*listed, str(other)}
