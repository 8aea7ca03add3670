"""A small class of the toy course, and the command as a process whose descendants are known."""

import copy
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from autograder import cli
from autograder.fleet import grade_all
from autograder.fleet.plan import Plan
from autograder.layout import Course
from autograder.ledger import open_ledger
from autograder.solutions import functions
from autograder.submission import grade_id

ADDS = {"scale_forward": "def scale_forward(x, k):\n    return x + k, (x, k)"}
PRINTS = {"row_norms": "def row_norms(x):\n    print('looking')\n    raise ValueError('no idea')"}
LATE = {"ada": "2030-01-01 11:00:00 UTC", "dan": "2030-01-03 12:00:00 UTC"}
DUE = datetime(2030, 1, 2, tzinfo=UTC)
CLASS = ("ada", "bob", "cat", "dan", "eve", "fay")
MARK = "LAYERWISE_TEST_RUN"


@pytest.fixture(scope="session")
def handed_in(released, release, tmp_path_factory):
    """The class before grading, with a due date; not to be changed."""
    root = shutil.copytree(released.course.root, tmp_path_factory.mktemp("class") / "course")
    assignment = Course(root).assignment("toy")
    with (root / "nbgrader_config.py").open("a") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    with gradebook_of(assignment) as book:
        book.update_or_create_assignment("toy", duedate=DUE)
    right = {name: function.source for name, function in functions(assignment.solutions).items()}
    for student in CLASS:
        answers = {**right, **{"bob": ADDS, "eve": PRINTS}.get(student, {})}
        write(assignment, student, release, answers)
    assignment.submitted("cat").write_text("PK, no notebook")
    for student, when in LATE.items():
        assignment.submitted(student).with_name("timestamp.txt").write_text(when)
    return assignment


@pytest.fixture(scope="session")
def graded(handed_in, tmp_path_factory, launch):
    """The class as `layerwise grade` with two jobs leaves it; not to be changed."""
    root = shutil.copytree(handed_in.course.root, tmp_path_factory.mktemp("graded") / "course")
    assignment = Course(root).assignment("toy")
    assert run_grade(assignment) == {}
    return assignment


@pytest.fixture
def fresh(handed_in, tmp_path):
    """The class before grading, to be changed."""
    return copied(handed_in, tmp_path)


@pytest.fixture
def done(graded, tmp_path):
    """The graded class, to be changed."""
    return copied(graded, tmp_path)


@pytest.fixture(scope="session")
def grade():
    """Grade the class with two jobs in this process: who could not be graded."""
    return run_grade


@pytest.fixture(scope="session")
def plan_of():
    return lambda assignment: Plan(str(assignment.course.root), assignment.name)


@pytest.fixture(scope="session")
def open_book():
    return gradebook_of


@pytest.fixture(scope="session")
def answer(release, handed_in):
    """Hand in again: the right answers, with these instead."""
    right = {name: function.source for name, function in functions(handed_in.solutions).items()}

    def again(assignment, student, answers):
        write(assignment, student, release, {**right, **answers})

    return again


@pytest.fixture(scope="session")
def state():
    """All that is in the gradebook, and every page; without what differs between two gradings."""

    def of(assignment):
        return {"grades": grades(assignment), "pages": pages(assignment, "autograded", "ipynb")}

    return of


@pytest.fixture(scope="session")
def pages_of():
    return pages


@pytest.fixture
def keys_in_ledger():
    """The keys of all reports of a class, in the order of their students."""

    def of(assignment):
        ledger = open_ledger(f"sqlite:///{assignment.course.root}/ledger.db")
        return [record.key for student in CLASS for record in ledger.history(student)]

    return of


@pytest.fixture
def layerwise(monkeypatch, capsys):
    """Run the command here: its status, what it wrote, and what it complained of."""

    def run(assignment, *arguments, answers=""):
        where = ["--course", str(assignment.course.root)]
        monkeypatch.setenv("COLUMNS", "250")
        monkeypatch.setattr(sys, "argv", ["layerwise", *arguments, *where])
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        written = capsys.readouterr()
        return ended.value.code or 0, written.out, written.err

    return run


@pytest.fixture
def started():
    """Start the command as a process of its own; whatever is left of it is ended afterwards."""
    commands = []

    def start(assignment, *arguments):
        commands.append(Command(assignment, arguments))
        return commands[-1]

    yield start
    for command in commands:
        command.process.kill()
        command.process.communicate()
        for pid in command.running():
            os.kill(pid, signal.SIGKILL)


class Command:
    """`layerwise` in a session of its own, like a job of a terminal."""

    def __init__(self, assignment, arguments):
        self.mark = f"{MARK}={uuid.uuid4()}"
        name, _, value = self.mark.partition("=")
        where = ["--course", str(assignment.course.root)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from autograder.cli import main; main()", *arguments, *where],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            env={**os.environ, name: value},
            preexec_fn=_hear_interrupts,
        )

    def signal(self, number):
        """Send it to the command alone."""
        self.process.send_signal(number)

    def interrupt(self):
        """What a terminal does at Ctrl-C: all processes of the job get it."""
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self, seconds=60):
        """Its status, and what it wrote."""
        written, _ = self.process.communicate(timeout=seconds)
        return self.process.returncode, written

    def running(self, seconds=0.0):
        """Its processes and all that they started; ends early when there are none."""
        until = time.monotonic() + seconds
        while (left := set(filter(self._is_mine, processes()))) and time.monotonic() < until:
            time.sleep(0.05)
        return left

    def _is_mine(self, pid):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            mine = self.mark.encode() in Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            return False
        return mine and state != "Z"


def processes():
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def run_grade(assignment, jobs=2):
    plan = Plan(str(assignment.course.root), assignment.name)
    return grade_all(plan, plan.students(), jobs, Console(file=io.StringIO()))


def copied(assignment, folder):
    root = shutil.copytree(assignment.course.root, folder / "course")
    return Course(root).assignment("toy")


def write(assignment, student, release, answers):
    notebook = copy.deepcopy(release)
    for cell in notebook.cells:
        cell.source = answers.get(grade_id(cell), cell.source).strip()
    path = assignment.submitted(student)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook))


def gradebook_of(assignment):
    return Gradebook(f"sqlite:///{assignment.course.root}/gradebook.db", "toys")


def grades(assignment):
    """Every cell's grade and comment, and what a submission has as a whole."""
    with gradebook_of(assignment) as book:
        found = {}
        for submission in book.assignment_submissions("toy"):
            who = submission.student_id
            found[who] = (
                submission.score, submission.max_score, submission.late_submission_penalty,
                submission.timestamp, submission.needs_manual_grade,
            )  # fmt: skip
            for notebook in submission.notebooks:
                found |= {(who, g.name): grade_fields(g) for g in notebook.grades}
                found |= {
                    (who, c.name, "comment"): (c.auto_comment, c.manual_comment)
                    for c in notebook.comments
                }
        return found


def grade_fields(grade):
    return (
        grade.auto_score, grade.manual_score, grade.extra_credit, grade.max_score,
        grade.needs_manual_grade, grade.failed_tests,
    )  # fmt: skip


def pages(assignment, step, kind):
    """The files of a step, as bytes; without the seconds that grading took."""
    found = {}
    for path in sorted((assignment.course.root / step).rglob(f"*.{kind}")):
        name = str(path.relative_to(assignment.course.root))
        found[name] = re.sub(rb'"seconds": [\d.e-]+', b"", path.read_bytes())
    return found


def _hear_interrupts():
    """As a command in a terminal does; what a script starts in the background ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
