"""Whatever is killed or interrupted: nothing is lost, nothing is twice, and nothing is left."""

import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path
from subprocess import CalledProcessError

import pytest
from sqlalchemy import text

from autograder.errors import CourseError
from autograder.fleet.pool import local

SECONDS_TO_END = 10


@pytest.fixture
def tasks(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return __import__("fleet_tasks")


def reports(assignment, keys_in_ledger):
    """How many there are, while somebody else writes them."""
    return len(keys_in_ledger(assignment)) if ledger_of(assignment).exists() else 0


def ledger_of(assignment):
    return assignment.course.root / "ledger.db"


def wait_for(count, command, assignment, keys_in_ledger):
    until = time.monotonic() + 60
    while reports(assignment, keys_in_ledger) < count and time.monotonic() < until:
        if command.process.poll() is not None:
            break
        time.sleep(0.01)


@pytest.mark.parametrize("kept", [False, True], ids=["no-table", "an-empty-table"])
def test_killed_before_a_new_gradebook_had_its_version(fresh, grade, open_book, kept):
    (fresh.course.root / "gradebook.db").unlink()
    with open_book(fresh) as book:
        right = book.db.execute(text("SELECT * FROM alembic_version")).all()
        what = "DELETE FROM" if kept else "DROP TABLE"
        book.db.execute(text(f"{what} alembic_version"))
        book.db.commit()
    assert grade(fresh) == {}
    with open_book(fresh) as book:
        assert book.db.execute(text("SELECT * FROM alembic_version")).all() == right


def test_a_program_of_nbgraders_that_is_killed_is_one_line_and_the_next_start_goes_on(
    fresh, grade, monkeypatch, launch
):
    (fresh.course.root / "gradebook.db").unlink()
    with monkeypatch.context() as patch:
        patch.setattr("nbgrader.api.get_alembic_version", killed)
        with pytest.raises(CourseError, match=r"The gradebook can't be used: .*SIGKILL"):
            grade(fresh)
    assert grade(fresh) == {}


def killed():
    raise CalledProcessError(-signal.SIGKILL, ["alembic", "heads"])


def test_killed_between_ledger_and_gradebook(
    fresh, graded, tasks, grade, plan_of, keys_in_ledger, state, launch
):
    plan = plan_of(fresh)
    with local(2) as crew:
        results = list(crew.each(tasks.compute_and_be_killed_once, plan, plan.students()))
    assert [result for result in results if result.problem] == []
    assert keys_in_ledger(fresh) == keys_in_ledger(graded)
    assert state(fresh) == state(graded)


def test_a_batch_that_is_killed_again_and_again_gets_done(
    fresh, graded, started, keys_in_ledger, state, launch
):
    dice = random.Random(4)
    kept = []
    for count in (0, 2):
        command = started(fresh, "grade", "toy", "--jobs", "2")
        if count:
            wait_for(count, command, fresh, keys_in_ledger)
        time.sleep(dice.uniform(0, 0.3))
        command.signal(signal.SIGKILL)
        command.process.wait()
        assert command.running(SECONDS_TO_END) == set()
        now = keys_in_ledger(fresh) if ledger_of(fresh).exists() else []
        assert set(kept) <= set(now)
        kept = now
    assert kept
    status, _ = started(fresh, "grade", "toy", "--jobs", "2").end()
    assert status == 0
    assert keys_in_ledger(fresh) == keys_in_ledger(graded)
    assert state(fresh) == state(graded)


@pytest.mark.parametrize("reports", [0, 1], ids=["at-once", "later"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_batch_that_is_killed_leaves_no_folder_behind(
    fresh, started, keys_in_ledger, tmp_path, monkeypatch, number, reports, launch
):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    command = started(fresh, "grade", "toy", "--jobs", "1")
    wait_for(reports, command, fresh, keys_in_ledger)
    until = time.monotonic() + 20
    while not any(map(is_fork_server, command.running())):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert list(folder.iterdir())
    if number == signal.SIGKILL:
        command.signal(number)
    else:
        os.killpg(command.process.pid, number)
    command.process.wait()
    assert command.running(SECONDS_TO_END) == set()
    assert list(folder.iterdir()) == []


def is_fork_server(pid):
    """Whether it has got so far as to heed no signal that ends all of its forks."""
    with suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text()
        ignored = int(status.partition("SigIgn:")[2].split()[0], 16)
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        return b"forkserver" in command and bool(ignored >> (signal.SIGTERM - 1) & 1)
    return False


def test_what_is_killed_below_a_batch_costs_nobody_a_grade(
    fresh, graded, started, grade, keys_in_ledger, state, launch
):
    dice = random.Random(5)
    command = started(fresh, "grade", "toy", "--jobs", "2")
    wait_for(1, command, fresh, keys_in_ledger)
    below = sorted(command.running() - {command.process.pid})
    victim = dice.choice(below)
    with suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)
    command.end()
    assert command.running(SECONDS_TO_END) == set()
    assert grade(fresh) == {}
    assert keys_in_ledger(fresh) == keys_in_ledger(graded)
    assert state(fresh) == state(graded)


@pytest.mark.parametrize("count", [0, 2])
def test_ctrl_c_ends_quietly_and_keeps_what_is_computed(
    fresh, started, keys_in_ledger, count, launch
):
    command = started(fresh, "grade", "toy", "--jobs", "2")
    if count:
        wait_for(count, command, fresh, keys_in_ledger)
    else:
        time.sleep(2)
    before = keys_in_ledger(fresh) if count else []
    command.interrupt()
    status, written = command.end()
    assert status not in (0, -signal.SIGKILL)
    assert "Traceback" not in written
    assert command.running(SECONDS_TO_END) == set()
    assert len(before) >= count
    assert set(before) <= set(keys_in_ledger(fresh))
