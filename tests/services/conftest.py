"""A class to grade with real commands, and Dask clusters on loopback that help."""

import contextlib
import copy
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter

import pytest
from nbgrader.api import Gradebook

from autograder.bridge import commands
from autograder.fleet.plan import Plan
from autograder.ledger import open_ledger
from autograder.settings import ledger_url
from autograder.solutions import functions
from autograder.submission import grade_id
from autograder.worker import privileges

PATIENCE = 300
COMMAND = [sys.executable, "-c", "from autograder.cli import main; main()"]
NOTING = """
import os
import shutil
import time
import pytest

@pytest.fixture(autouse=True)
def noted(student_id):
    with open({0!r}, "a") as file:
        file.write(f"{{os.getpid()}} {{student_id}}\\n")
    if os.path.exists({0!r} + "-slowly"):
        time.sleep(1)
"""
MISTAKEN = {
    "scale_forward": "def scale_forward(x, k):\n    return x + k, (x, k)",
    "row_norms": "def row_norms(x):\n    return abs(x).sum(axis=1)",
}


@pytest.fixture(scope="session")
def right(built):
    """The right answers."""
    return {name: function.source for name, function in functions(built.solutions).items()}


@pytest.fixture(scope="session")
def answers(release, right):
    """The release with right answers, or with these instead, as a student hands it in."""

    def fill(instead=None):
        notebook = copy.deepcopy(release)
        for cell in notebook.cells:
            cell.source = {**right, **(instead or {})}.get(grade_id(cell), cell.source).strip()
        return json.dumps(notebook)

    return fill


@pytest.fixture
def hand_in(toy):
    """Put what a student hands in into the course folder."""

    def put(student, content):
        path = toy.submitted(student)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    return put


@pytest.fixture
def room(toy, hand_in, answers):
    """The toy course with a class of six: every other student has made a mistake."""
    for number in range(6):
        name = list(MISTAKEN)[number // 2 % 2]
        wrong = {name: f"{MISTAKEN[name]}  # {number}"}
        hand_in(f"s{number}", answers(wrong if number % 2 else {"summary": _unwritten(number)}))
    return Room(toy)


class Room:
    """A class, and what is known of its grades."""

    def __init__(self, assignment):
        self.assignment = assignment
        self.root = assignment.course.root
        self.plan = Plan(str(self.root), assignment.name)

    def note_sittings(self):
        """From now on the suite notes which process has it sat by whom."""
        (self.assignment.hidden / "conftest.py").write_text(
            NOTING.format(str(self.root / "sittings"))
        )

    def sittings(self, each=False):
        """The pairs of process and student that were noted, in their order; `each` test of them."""
        file = self.root / "sittings"
        lines = file.read_text().splitlines() if file.exists() else []
        pairs = [(int(process), student) for process, student in map(str.split, lines)]
        return pairs if each else list(dict.fromkeys(pairs))

    @contextlib.contextmanager
    def slowly(self):
        """Every test of the suite takes a while, until this is over."""
        sign = self.root / "sittings-slowly"
        sign.touch()
        yield
        sign.unlink()

    def forget(self):
        """Be as nobody had been graded yet."""
        shutil.rmtree(self.root / "autograded")
        for file in [*self.root.glob("gradebook.db*"), *self.root.glob("ledger.db*")]:
            file.unlink()
        open_ledger.cache_clear()

    def settle(self, gradebook="", ledger=""):
        """Keep gradebook and ledger in these databases."""
        if gradebook:
            with (self.root / "nbgrader_config.py").open("a") as config:
                config.write(f"\nc.CourseDirectory.db_url = {gradebook!r}\n")
        if ledger:
            (self.root / "layerwise.toml").write_text(f'[ledger]\nurl = "{ledger}"\n')

    def start(self, *arguments, **options):
        """Start a command; its outputs are to be had from the process."""
        return subprocess.Popen(
            [*COMMAND, *map(str, arguments), "--course", str(self.root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PATH": commands.own_path(), "COLUMNS": "200"},
            preexec_fn=privileges.end_with_parent,
            **options,
        )

    def run(self, *arguments):
        """Run a command: its status, what it wrote, and what it complained of."""
        return ended(self.start(*arguments))

    def grade(self, *arguments):
        """Grade; whatever goes wrong fails the test."""
        status, shown, complaint = self.run("grade", self.assignment.name, *arguments)
        assert (status, complaint) == (0, ""), complaint
        return shown

    @property
    def students(self):
        return self.plan.students()

    @property
    def ledger(self):
        return open_ledger(ledger_url(self.assignment.course))

    def reports(self):
        """What the ledger has: student, exercise, score."""
        found = (record.report for s in self.students for record in self.ledger.history(s))
        return [
            (report.student, exercise.id, exercise.score)
            for report in found
            for exercise in report.exercises
        ]

    def counts(self):
        """How many reports the ledger has of each student."""
        return Counter(r.report.student for s in self.students for r in self.ledger.history(s))

    def grades(self):
        """What the gradebook has, cell by cell."""
        course = commands.course_config(self.assignment).CourseDirectory
        url = course.get("db_url") or f"sqlite:///{self.root}/gradebook.db"
        with Gradebook(url, course.course_id) as gradebook:
            return {
                (submission.student.id, grade.name): (grade.auto_score, grade.max_score)
                for submission in gradebook.assignment_submissions(self.assignment.name)
                for notebook in submission.notebooks
                for grade in notebook.grades
            }


def ended(process, seconds=PATIENCE):
    """Wait for a command: its status, what it wrote, and what it complained of."""
    try:
        shown, complaint = process.communicate(timeout=seconds)
    finally:
        process.kill()
    return process.returncode, shown, complaint


@pytest.fixture(scope="session")
def finish():
    """Wait for commands."""
    return lambda *processes: [ended(process) for process in processes]


@pytest.fixture(scope="session")
def eventually():
    """Wait until something holds, and fail when it takes too long."""

    def wait(holds, what, seconds=PATIENCE):
        until = time.monotonic() + seconds
        while not (found := holds()):
            assert time.monotonic() < until, f"{what}: not within {seconds} s"
            time.sleep(0.05)
        return found

    return wait


def _unwritten(number):
    return f"def summary(x):\n    raise NotImplementedError({number})"


HERE = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0")


class Dask:
    """A scheduler and its nodes, each a process."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []
        self.port = port_for_nobody_else()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.scheduler = self._start(
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            self.port,
            "--dashboard-address",
            "127.0.0.1:0",
        )

    def node(self, *options, before=(), to=None, **environment):
        """Start one, as a child of another program if one is named."""
        return self._start(
            "worker",
            to or self.address,
            *HERE,
            *("--local-directory", self.folder),
            *(options or ("--no-nanny", "--nthreads", 1)),
            before=before,
            **environment,
        )

    def stop(self):
        for process in self.processes:
            process.kill()  # asked to end, it would wait for the others
        for process in self.processes:
            process.wait()

    def _start(self, program, *arguments, before=(), **environment):
        command = [*before, sys.executable, "-m", f"distributed.cli.dask_{program}", *arguments]
        log = (self.folder / f"{program}-{len(self.processes)}.log").open("wb")
        process = subprocess.Popen(
            list(map(str, command)),
            stdout=log,
            stderr=log,
            env={**os.environ, "PATH": commands.own_path(), **environment},
            cwd=self.folder,  # where no other kit lies
            preexec_fn=privileges.end_with_parent,
        )
        self.processes.append(process)
        return process


@pytest.fixture
def new_dask(tmp_path):
    """Start a scheduler without nodes."""
    clusters = []

    def start():
        folder = tmp_path / f"dask-{len(clusters)}"
        folder.mkdir()
        clusters.append(Dask(folder))
        return clusters[-1]

    yield start
    for cluster in clusters:
        cluster.stop()


@pytest.fixture
def dask(new_dask):
    """A scheduler without nodes."""
    return new_dask()


@pytest.fixture(scope="session")
def free_port():
    """A port of this machine where nobody listens."""
    return port_for_nobody_else()


def port_for_nobody_else():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
