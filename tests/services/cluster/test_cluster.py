"""Grading on the nodes of a Dask cluster: the same grades, whatever becomes of the nodes."""

import dataclasses
import io
import os
import shutil
import signal
import socket
from collections import Counter

import pytest
from rich.console import Console

from autograder.errors import CourseError
from autograder.fleet import compute_all, gate
from autograder.fleet.cluster import cluster
from autograder.fleet.node import Terms, refusal


def test_nodes_give_the_same_grades_as_this_machine(room, dask):
    dask.node()
    dask.node("--nanny", "--nthreads", 1)
    room.grade("--scheduler", dask.address)
    there = room.grades(), room.reports()
    room.forget()
    room.grade()
    assert there == (room.grades(), room.reports())
    assert len(there[0]) == 6 * len(room.students)


def test_a_node_with_several_threads_grades_one_submission_at_a_time(room, dask):
    room.note_sittings()
    node = dask.node("--no-nanny", "--nthreads", 4)
    room.grade("--scheduler", dask.address)
    here = room.grades()
    students = [student for process, student in room.sittings(each=True) if process == node.pid]
    assert len(_changes(students)) == len(room.students)
    room.forget()
    room.grade()
    assert here == room.grades()


def test_a_node_that_dies_costs_a_retry_of_what_it_was_at(crowd, dask, eventually, finish):
    crowd.note_sittings()
    nodes = {node.pid: node for node in (dask.node(), dask.node(), dask.node())}
    grading = crowd.start("grade", "toy", "--scheduler", dask.address)
    victim = eventually(lambda: _busy(crowd, nodes), "a node is at a student")
    os.kill(victim, signal.SIGKILL)
    [(status, _, complaint)] = finish(grading)
    assert (status, complaint) == (0, "")
    assert crowd.counts() == Counter(crowd.students)
    assert len(crowd.grades()) == 6 * len(crowd.students)
    tries = Counter(student for process, student in crowd.sittings() if process in nodes)
    again = [student for student in tries if tries[student] > 1]
    assert len(again) <= 1
    assert all((victim, student) in crowd.sittings() for student in again)


def test_after_the_loss_of_the_scheduler_only_what_is_missing_is_computed(
    crowd, dask, new_dask, eventually, finish
):
    crowd.note_sittings()
    dask.node()
    dask.node()
    grading = crowd.start("grade", "toy", "--scheduler", dask.address)
    eventually(lambda: len(crowd.counts()) > 2, "some reports are there")
    dask.scheduler.kill()
    import time

    T = time.time()
    [(status, _, complaint)] = finish(grading)
    print("TOOK", time.time() - T, complaint)
    assert status == 1
    assert complaint.count("\n") == 1
    assert "scheduler has gone" in complaint
    dask.stop()
    before = crowd.counts()
    assert len(before) < len(crowd.students)
    earlier = len(crowd.sittings())
    again = new_dask()
    again.node()
    crowd.grade("--scheduler", again.address)
    assert crowd.counts() == Counter(crowd.students)
    later = {student for _, student in crowd.sittings()[earlier:]}
    assert later == set(crowd.students) - set(before)


@pytest.mark.parametrize("silent", [True, False])
def test_without_a_scheduler_grading_ends_with_one_line(room, monkeypatch, free_port, silent):
    monkeypatch.setattr("autograder.fleet.cluster.SECONDS_TO_CONNECT", 1)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1] if silent else free_port
        nobody = cluster(f"tcp://127.0.0.1:{port}", room.plan, Console(file=io.StringIO()))
        with pytest.raises(CourseError, match="No Dask scheduler answers at"), nobody:
            pass


def test_a_node_without_isolation_is_left_out_with_a_warning(room, dask, hardened):
    room.note_sittings()
    bad, good = dask.node(**hardened), dask.node()
    shown = room.grade("--scheduler", dask.address)
    assert "gets no work: student code can't be isolated there" in shown
    assert room.counts() == Counter(room.students)
    nodes = {process for process, _ in room.sittings()}
    assert good.pid in nodes
    assert bad.pid not in nodes


def test_without_a_node_that_isolates_nothing_is_graded(room, dask, hardened):
    dask.node(**hardened)
    dask.node(**hardened)
    status, _, complaint = room.run("grade", "toy", "--scheduler", dask.address)
    assert status == 1
    assert complaint.startswith("layerwise: No node may grade: student code can't be isolated")
    assert complaint.count("\n") == 1
    assert not room.counts()


def test_a_node_with_another_version_is_left_out(room, dask, other_kit):
    dask.node(PYTHONPATH=other_kit)
    status, _, complaint = room.run("grade", "toy", "--scheduler", dask.address)
    assert status == 1
    assert "another version of the course or of layerwise" in complaint
    assert not room.counts()


def test_nodes_that_come_later_are_asked_too_and_get_work(
    crowd, dask, hardened, eventually, finish
):
    crowd.note_sittings()
    first = dask.node()
    grading = crowd.start("grade", "toy", "--scheduler", dask.address)
    eventually(lambda: len(crowd.counts()) > 1, "some reports are there")
    with crowd.slowly():
        bad, late = dask.node(**hardened), dask.node()
        eventually(lambda: late.pid in dict(crowd.sittings()), "the late node works")
    first.kill()
    [(status, shown, complaint)] = finish(grading)
    assert (status, complaint) == (0, "")
    assert "gets no work" in shown
    assert bad.pid not in dict(crowd.sittings())
    assert crowd.counts() == Counter(crowd.students)


def test_work_goes_on_when_all_nodes_have_left_and_another_comes(crowd, dask, eventually, finish):
    first = dask.node()
    grading = crowd.start("grade", "toy", "--scheduler", dask.address)
    eventually(lambda: len(crowd.counts()) > 1, "some reports are there")
    first.kill()
    first.wait()
    dask.node()
    [(status, _, complaint)] = finish(grading)
    assert (status, complaint) == (0, "")
    assert crowd.counts() == Counter(crowd.students)


def test_without_nodes_grading_ends_after_a_while(room, dask, monkeypatch):
    monkeypatch.setattr(gate, "SECONDS_WITHOUT_NODES", 2)
    console = Console(file=io.StringIO())
    nobody = cluster(dask.address, room.plan, console)
    with pytest.raises(CourseError, match="For 2 s there was no node"), nobody as crew:
        compute_all(room.plan, room.students, crew, console)


def test_another_machine_needs_a_ledger_on_a_server(room, launch):
    terms = Terms.of(room.plan)
    assert refusal(terms) == ""
    assert "PostgreSQL" in refusal(dataclasses.replace(terms, host="another"))
    room.settle(ledger="postgresql+psycopg2://grader:open-sesame@127.0.0.1:9/nowhere")
    assert "The ledger" in refusal(dataclasses.replace(terms, host="another"))
    assert "open-sesame" not in refusal(terms)


def test_a_node_with_other_limits_is_left_out(room, launch):
    terms = Terms.of(room.plan)
    (room.root / "layerwise.toml").write_text("[limits]\ncell_seconds = 7\n")
    assert "other limits" in refusal(terms)


def test_a_node_without_the_course_is_left_out(room):
    terms = Terms.of(room.plan)
    shutil.rmtree(room.root / "solutions")
    assert "no assignment “toy”" in refusal(terms)


def test_nothing_of_a_students_passes_the_scheduler(room, dask, proxy, hand_in, answers):
    said = f"raise ValueError('{MARK}')"
    hand_in("right", answers({"summary": f"def summary(x):\n    return '{MARK}'"}))
    hand_in("raises", answers({"row_norms": f"def row_norms(x):\n    print('{MARK}'); {said}"}))
    hand_in("unread", MARK)
    hand_in("broken", answers({"unit_rows": f"def unit_rows(x):\n    return '{MARK}'"}))
    breaking = room.assignment.hidden / "test_unit_rows.py"
    breaking.write_text(breaking.read_text() + BREAKING)
    with proxy(dask.port) as between:
        dask.node(to=between.address)
        status, _, complaint = room.run("grade", "toy", "--scheduler", between.address)
    assert status == 1
    assert complaint.startswith("layerwise: Not graded: broken, ")
    assert "grading failed on " in complaint
    assert "SuiteError" in complaint
    for name in ("right", "raises", "unread", "broken"):
        assert name.encode() in between.passed
    assert MARK.encode() not in between.passed
    assert MARK[:12].encode() not in between.passed


MARK = "kqxjzvwyqhkdmarkofastudent"
BREAKING = '''
import numpy as np


@points(0)
def test_breaks(student, reference):
    """is wrong itself, and stumbles over every answer"""
    raise RuntimeError(student.unit_rows(np.ones((2, 3))))
'''


def _busy(room, nodes):
    """A node that has begun with a student whose report is not there yet."""
    for process, student in reversed(room.sittings()):
        if process in nodes and student.startswith("t") and student not in room.counts():
            return process
    return None


def _changes(students):
    return [b for a, b in zip([None, *students], students, strict=False) if a != b]
