"""The ledger: a report comes back as it went in, once for each key, and nothing is ever lost."""

import json
import multiprocessing
import sqlite3
import subprocess
import sys
import warnings
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.errors import CourseError
from autograder.ledger import Ledger
from autograder.ledger import database as module
from autograder.report import ExerciseReport, GradeReport, TestReport

KEY = "f" * 64
GRADERS = 6

ADD = """
import sys
from autograder.ledger import Ledger
from autograder.report import GradeReport
url, key, name, anew = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
report = GradeReport("ada", "toy", "a1", "b2", "c3", (), seconds=float(name))
print(Ledger(url).add(key, report, anew=anew == "anew").report.seconds)
"""

text = st.text(max_size=40)
number = st.floats(0, 100)
outputs = st.dictionaries(
    st.integers(0, 99), st.lists(st.dictionaries(text, text | number | st.lists(text)), max_size=3)
)
tests = st.builds(
    TestReport, text, text, number, number, st.sampled_from(["passed", "follow-on", "breach"]),
    text, st.none() | text, text, text,
)  # fmt: skip
exercises = st.builds(ExerciseReport, text, st.lists(tests, max_size=3).map(tuple))
reports = st.builds(
    GradeReport, text, text, text, text, text, st.lists(exercises, max_size=3).map(tuple),
    st.lists(text, max_size=2).map(tuple), number, text, outputs,
)  # fmt: skip


def add_at_once(url, keys, anew=""):
    """Let one process for each key add a report at the same moment; what each got back."""
    graders = [
        subprocess.Popen(
            [sys.executable, "-c", ADD, url, key, str(i), anew],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for i, key in enumerate(keys)
    ]
    for grader in graders:
        assert grader.stdout.readline() == "ready\n"
    for grader in graders:
        grader.stdin.write("go\n")
        grader.stdin.flush()
    said = [grader.communicate()[0] for grader in graders]
    assert [grader.returncode for grader in graders] == [0] * len(graders)
    return [float(line) for line in said]


def rows(url, table="reports"):
    with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
        return file.execute(f"select * from {table} order by id").fetchall()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(report=reports)
def test_a_report_comes_back_as_it_went_in(report, tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('ledger')}/ledger.db"
    added = Ledger(url).add(KEY, report)
    found = Ledger(url).find(KEY)
    assert added == found
    assert found.report == report
    assert found.report.outputs == report.outputs


def test_what_was_never_added_is_not_there(ledger):
    assert ledger.find(KEY) is None
    assert not ledger.has(KEY)


def test_of_two_reports_of_one_key_the_first_counts(ledger, report_of, url):
    first = ledger.add(KEY, report_of(1.0))
    second = ledger.add(KEY, report_of(2.0))
    assert second == first == ledger.find(KEY)
    assert ledger.has(KEY)
    assert len(rows(url)) == 1


def test_anew_adds_one_and_the_newest_counts(ledger, report_of, url):
    ledger.add(KEY, report_of(1.0))
    before = rows(url)
    for points in (2.0, 0.5):
        added = ledger.add(KEY, report_of(points), anew=True)
        assert added == ledger.find(KEY)
        assert added.report.score == points
    assert rows(url)[:1] == before
    assert len(rows(url)) == 3


def test_without_anew_a_report_never_hides_the_newest(ledger, report_of):
    ledger.add(KEY, report_of(1.0))
    newest = ledger.add(KEY, report_of(2.0), anew=True)
    assert ledger.add(KEY, report_of(0.0)) == newest


def test_processes_that_add_one_key_at_once_leave_one_report(url):
    got = add_at_once(url, [KEY] * GRADERS)
    assert len(set(got)) == 1
    assert len(rows(url)) == 1


def test_processes_that_make_a_ledger_at_once_lose_nothing(url):
    keys = [str(i) * 64 for i in range(GRADERS)]
    assert add_at_once(url, keys) == [float(i) for i in range(GRADERS)]
    assert {row[1] for row in rows(url)} == set(keys)


def test_a_new_ledger_waits_for_who_writes_it_first(url, monkeypatch):
    # SQLite does not wait by itself where somebody else changes to WAL just now.
    states = iter([True, True, False])

    class Busy(sqlite3.Connection):
        def execute(self, command, *args):
            if "journal_mode" in command and next(states):
                error = sqlite3.OperationalError("database is locked")
                error.sqlite_errorcode = sqlite3.SQLITE_BUSY
                raise error
            return super().execute(command, *args)

    connection = sqlite3.connect(url.removeprefix("sqlite:///"), factory=Busy)
    monkeypatch.setattr(Busy, "__module__", "sqlite3")
    module._prepare(connection, None)
    assert sqlite3.Connection.execute(connection, "PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_fork_uses_a_connection_of_its_own(ledger, report_of, url):
    ledger.add(KEY, report_of())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = multiprocessing.get_context("fork").Process(
            target=ledger.add, args=("a" * 64, report_of(2.0))
        )
        child.start()
    child.join()
    assert child.exitcode == 0
    assert ledger.find("a" * 64).report.score == 2.0
    ledger.add("b" * 64, report_of())
    assert len(rows(url)) == 3


def test_nothing_can_be_changed_or_deleted():
    offered = {name for name in vars(Ledger) if not name.startswith("_")}
    assert offered == {"find", "add", "has", "history", "enter", "entries"}


def test_the_history_has_the_oldest_first(ledger, report_of):
    for i, (student, assignment) in enumerate([
        ("ada", "toy"), ("bob", "toy"), ("ada", "other"), ("ada", "toy"),
    ]):  # fmt: skip
        report = report_of(student=student, assignment=assignment, seconds=float(i))
        ledger.add(str(i) * 64, report)
    assert [record.report.seconds for record in ledger.history("ada")] == [0, 2, 3]
    assert [record.report.seconds for record in ledger.history("ada", "toy")] == [0, 3]
    dates = [record.computed for record in ledger.history("ada")]
    assert dates == sorted(dates)
    assert list(ledger.history("eve")) == []


def test_entries_say_what_went_into_the_gradebook(ledger, report_of):
    first = ledger.add(KEY, report_of(1.0))
    newest = ledger.add(KEY, report_of(2.0), anew=True)
    bobs = ledger.add("b" * 64, report_of(student="bob"))
    for record, stamp in [(first, "one"), (bobs, "two"), (newest, "three")]:
        ledger.enter(record, stamp)
    found = [(student, e.report, e.key, e.stamp) for student, e in ledger.entries("toy")]
    assert found == [
        ("ada", first.id, KEY, "one"), ("bob", bobs.id, "b" * 64, "two"),
        ("ada", newest.id, KEY, "three"),
    ]  # fmt: skip
    assert [e.stamp for _, e in ledger.entries("toy", "bob")] == ["two"]
    assert list(ledger.entries("other")) == []


def of_a_newer_version(url, key):
    """Give a report in the ledger what only a newer version knows, everywhere."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
        query = "select body from reports where key = ?"
        report = json.loads(zlib.decompress(file.execute(query, [key]).fetchone()[0]))
        for part in [report, *report["exercises"], *report["exercises"][0]["tests"]]:
            part["of a newer version"] = 1
        body = zlib.compress(json.dumps(report).encode())
        file.execute("update reports set body = ? where key = ?", [body, key])


def test_the_history_stays_readable_when_it_holds_a_report_of_a_newer_version(
    ledger, report_of, url
):
    for i in range(2):
        ledger.add(str(i) * 64, report_of(float(i)))
    before = [record.report for record in ledger.history("ada")]
    of_a_newer_version(url, "1" * 64)
    assert [record.report for record in ledger.history("ada")] == before


def test_a_newer_ledger_that_wants_more_of_a_report_is_one_line(ledger, report_of, url):
    with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
        file.execute("drop table reports")
        file.execute(
            "create table reports (id integer primary key, key, attempt, assignment, student, "
            "computed, score, max_score, body, more not null)"
        )
    with pytest.raises(CourseError, match=r"ledger\.db is of another version of layerwise\.$"):
        ledger.add(KEY, report_of())


def broken(file):
    file.write_bytes(b"PK, but no database " * 500)


def cut(file):
    url = f"sqlite:///{file}"
    Ledger(url).add(KEY, GradeReport("ada", "toy", "a", "b", "c", ()))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.write_bytes(file.read_bytes()[:5000] + b"x" * 3000)


def damaged(file):
    Ledger(f"sqlite:///{file}").add(KEY, GradeReport("ada", "toy", "a", "b", "c", ()))
    with sqlite3.connect(file) as connection:
        connection.execute("update reports set body = x'78'")


def other_tables(file):
    with sqlite3.connect(file) as connection:
        connection.execute("create table reports (id integer)")


def folder(file):
    file.mkdir()


def nowhere(file):
    file.parent.rmdir()


@pytest.mark.parametrize("harm", [broken, cut, damaged, other_tables, folder, nowhere])
def test_a_file_that_is_no_ledger_is_one_line(harm, tmp_path):
    file = tmp_path / "own" / "ledger.db"
    file.parent.mkdir()
    harm(file)
    with pytest.raises(CourseError) as complaint:
        Ledger(f"sqlite:///{file}").find(KEY)
    assert str(file) in str(complaint.value)
    assert "\n" not in str(complaint.value)


def test_a_file_that_stays_locked_is_one_line(ledger, report_of, url, monkeypatch):
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.2)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as other:
        other.execute("begin immediate")
        with pytest.raises(CourseError, match=r"locked\.$"):
            Ledger(url).add(KEY, report_of())
    assert not ledger.has(KEY)


@pytest.mark.parametrize("bad", [
    "", "nonsense", "hunter2@host/x", "nosuch://u:hunter2@host/x", "postgresql:/u:hunter2@host/x",
    "postgresql://u:hunter2@host:port/x", "postgresql://u:secret@word:hunter2@host/x",
    "postgresql+nosuch://host/x?user=u&password=hunter2", "postgresql://u:hunt er2@[host/x",
])  # fmt: skip
def test_a_url_that_is_none_is_one_line_without_the_password(bad):
    with pytest.raises(CourseError) as complaint:
        Ledger(bad).find(KEY)
    line = str(complaint.value)
    assert not any(part in line for part in ("hunter2", "hunt er2", "secret", "word:", "\n"))


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_ledger_that_would_be_forgotten_with_its_process_is_refused(url):
    with pytest.raises(CourseError, match="names no file"):
        Ledger(url)


@pytest.mark.parametrize("instead", [None, "another ledger"])
def test_a_ledger_that_is_deleted_meanwhile_is_one_line_and_no_report_is_lost_in_silence(
    ledger, report_of, url, instead, tmp_path
):
    ledger.add(KEY, report_of())
    for file in tmp_path.glob("ledger.db*"):
        file.rename(file.with_name(f"old-{file.name}"))
    if instead:
        Ledger(url)
    with pytest.raises(CourseError, match="was deleted or replaced meanwhile"):
        ledger.add("a" * 64, report_of())
    assert Ledger(url).add("a" * 64, report_of()) is not None
