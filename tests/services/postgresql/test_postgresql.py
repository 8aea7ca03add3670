"""Gradebook and ledger on PostgreSQL: the same grades, for several graders at once."""

import os
import signal
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
import sqlalchemy as sql

from autograder.ledger import Ledger

SUMMARY = "test_summary.py"


@pytest.fixture
def served(room, databases):
    """The class, with gradebook and ledger on the server."""
    room.settle(*databases)
    return room


def password_of(url):
    return sql.make_url(url).password


def test_the_grades_are_those_of_sqlite(room, databases):
    room.grade("--jobs", 2)
    here = room.grades(), room.reports()
    room.forget()
    room.settle(*databases)
    room.grade("--jobs", 2)
    assert (room.grades(), room.reports()) == here
    assert len(here[0]) == 6 * len(room.students)
    assert not list(room.root.glob("*.db"))


def test_one_database_serves_as_gradebook_and_ledger(room, database):
    room.settle(database, database)
    room.grade("--jobs", 2)
    assert room.counts() == Counter(room.students)
    assert len(room.grades()) == 6 * len(room.students)


def test_a_ledger_that_was_there_first_does_not_spoil_the_gradebook(room, database):
    room.settle(database, database)
    assert room.run("history", "s0")[0] == 1
    room.grade("--jobs", 2)
    assert len(room.grades()) == 6 * len(room.students)


def test_several_graders_of_the_same_class_lose_nothing(served, finish):
    graders = [served.start("grade", "toy", "--jobs", 2) for _ in range(3)]
    for status, _, complaint in finish(*graders):
        assert (status, complaint) == (0, "")
    assert served.counts() == Counter(served.students)
    assert len(served.grades()) == 6 * len(served.students)
    assert all(served.plan.graded(student).exists() for student in served.students)


def test_several_graders_of_different_students_lose_nothing(served, finish):
    graders = [served.start("grade", "toy", "--student", s) for s in served.students[:3]]
    for status, _, complaint in finish(*graders):
        assert (status, complaint) == (0, "")
    assert served.counts() == Counter(served.students[:3])
    assert len(served.grades()) == 6 * 3


def test_the_tables_may_be_made_by_several_at_once(new_database):
    urls = [url for _ in range(8) for url in [new_database()] * 4]
    spawn = get_context("spawn")
    start = {"initializer": _meet_at, "initargs": (spawn.Barrier(4),)}
    with ProcessPoolExecutor(4, spawn, **start) as processes:
        assert list(processes.map(_tables, urls)) == [{"reports", "entries"}] * len(urls)


def test_of_the_same_report_by_several_graders_one_is_kept(served):
    served.grade("--jobs", 1)
    [record] = served.ledger.history("s0")
    url = served.ledger.database.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(4, get_context("spawn")) as processes:
        kept = processes.map(_add, [url] * 12, ["a key"] * 12, [record.report] * 12)
    assert len(set(kept)) == 1
    assert len(list(served.ledger.history("s0"))) == 2


def test_a_killed_grader_loses_nothing_and_nothing_is_computed_twice(served, eventually, finish):
    served.note_sittings()
    killed = served.start("grade", "toy", "--jobs", 2)
    eventually(lambda: len(served.counts()) >= 2, "some reports are there")
    os.kill(killed.pid, signal.SIGKILL)
    finish(killed)
    before = served.counts()
    assert len(before) < len(served.students)
    earlier = len(served.sittings())
    served.grade("--jobs", 2)
    assert served.counts() == Counter(served.students)
    assert len(served.grades()) == 6 * len(served.students)
    assert not {student for _, student in served.sittings()[earlier:]} & set(before)


def test_nodes_of_a_cluster_keep_their_reports_on_the_server(served, dask):
    served.note_sittings()
    nodes = {dask.node().pid, dask.node().pid}
    served.grade("--scheduler", dask.address)
    assert served.counts() == Counter(served.students)
    assert len(served.grades()) == 6 * len(served.students)
    assert {process for process, _ in served.sittings()} <= nodes


def test_a_new_suite_is_entered_after_its_differences_were_shown(served):
    served.grade("--jobs", 2)  # only those of odd number have written this function
    before = served.grades()
    suite = served.assignment.hidden / SUMMARY
    suite.write_text(suite.read_text().replace("refuses(ValueError", "refuses(TypeError"))
    status, shown, complaint = served.run("regrade", "toy", "--jobs", 2, "--yes")
    assert (status, complaint) == (0, "")
    assert "summary" in shown
    after = served.grades()
    changed = {cell for cell in before if before[cell][0] != after[cell][0]}
    assert changed == {(s, "summary-tests") for s in served.students if int(s[1:]) % 2}
    status, shown, _ = served.run("history", "s1")
    assert status == 0
    assert "summary 3 → 2" in shown


@pytest.mark.parametrize("what", ["gradebook", "ledger"])
def test_no_complaint_tells_the_password(room, databases, what):
    wrong = sql.make_url(databases[0]).set(database="nowhere").render_as_string(hide_password=False)
    room.settle(**{what: wrong})
    status, shown, complaint = room.run("grade", "toy", "--jobs", 1)
    assert status == 1
    assert complaint.startswith("layerwise: ")
    assert complaint.count("\n") == 1
    assert "nowhere" in complaint
    assert password_of(wrong) not in shown + complaint


def _meet_at(barrier):
    global wait_for_all
    wait_for_all = barrier.wait


def _tables(url):
    wait_for_all(60)
    Ledger(url)
    engine = sql.create_engine(url)
    try:
        return set(sql.inspect(engine).get_table_names())
    finally:
        engine.dispose()


def _add(url, key, report):
    return Ledger(url).add(key, report).id
