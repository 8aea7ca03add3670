"""`layerwise grade` leaves what `nbgrader autograde` leaves, and does only what is missing."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.fleet import records


@pytest.fixture(scope="session")
def by_nbgrader(handed_in, tmp_path_factory, launch):
    """The class as nbgrader's own commands leave it."""
    root = shutil.copytree(handed_in.course.root, tmp_path_factory.mktemp("stock") / "course")
    nbgrader(root, "autograde", "toy")
    return type(handed_in.course)(root).assignment("toy")


def nbgrader(root, *arguments):
    command = Path(sys.executable).with_name("nbgrader")
    done = subprocess.run([command, *arguments], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def page(assignment, student):
    return assignment.course.root / "autograded" / student / "toy" / "toy.ipynb"


def written(assignment):
    root = assignment.course.root / "autograded"
    return {path.parts[-3]: path.stat().st_mtime_ns for path in root.glob("*/toy/toy.ipynb")}


def changed(before, assignment):
    return {name for name, when in written(assignment).items() if before.get(name) != when}


def test_the_gradebook_is_that_of_nbgrader_cell_by_cell(graded, by_nbgrader, state):
    ours, stock = state(graded)["grades"], state(by_nbgrader)["grades"]
    assert ours == stock
    assert len(ours) > 60
    assert ours["dan"][2] > 0  # the penalty of who was late
    assert ours["ada"][2] == 0


def test_the_pages_are_those_of_nbgrader_byte_for_byte(graded, by_nbgrader, state):
    # All but "seconds", the time that grading took; nothing else differs.
    ours, stock = state(graded)["pages"], state(by_nbgrader)["pages"]
    assert len(ours) == 6
    assert ours == stock


def test_the_feedback_is_that_of_nbgrader_byte_for_byte(
    done, by_nbgrader, layerwise, pages_of, tmp_path
):
    stock = tmp_path / "stock"
    shutil.copytree(done.course.root, stock)
    nbgrader(stock, "generate_feedback", "toy")
    assert layerwise(done, "feedback", "toy", "--jobs", "2")[0] == 0
    ours = pages_of(done, "feedback", "html")
    assert len(ours) == 6
    assert ours == pages_of(type(done.course)(stock).assignment("toy"), "feedback", "html")


def test_feedback_before_grading_is_one_line(fresh, layerwise):
    status, _, complaint = layerwise(fresh, "feedback", "toy")
    assert status == 1
    assert "Nothing was graded" in complaint
    assert complaint.count("\n") == 1


def test_a_second_run_does_nothing(done, grade, keys_in_ledger, plan_of):
    before, keys = written(done), keys_in_ledger(done)
    entries = list(plan_of(done).books.ledger.entries("toy"))
    assert grade(done) == {}
    assert changed(before, done) == set()
    assert keys_in_ledger(done) == keys
    assert list(plan_of(done).books.ledger.entries("toy")) == entries


def test_who_hands_in_again_is_graded_again_and_nobody_else(
    done, grade, answer, keys_in_ledger, state
):
    before, keys = written(done), keys_in_ledger(done)
    answer(done, "bob", {})
    assert grade(done) == {}
    assert changed(before, done) == {"bob"}
    assert len(set(keys_in_ledger(done)) - set(keys)) == 1
    assert state(done)["grades"]["bob"][0] == 12


def test_a_new_student_is_graded_and_nobody_else(done, grade, answer):
    before = written(done)
    answer(done, "gus", {})
    assert grade(done) == {}
    assert changed(before, done) == {"gus"}


def test_who_gave_the_notebook_another_name_is_told_of_and_stops_nobody(done, layerwise):
    path = done.submitted("bob")
    path.rename(path.with_name("toy (1).ipynb"))
    status, _, complaint = layerwise(done, "grade", "toy", "--jobs", "2")
    assert status == 1
    assert complaint.startswith("layerwise: Not graded: bob: no toy.ipynb was handed in (")
    assert complaint.count("\n") == 1


def test_a_gradebook_that_is_gone_is_filled_from_the_ledger(
    done, graded, grade, keys_in_ledger, state
):
    keys = keys_in_ledger(done)
    (done.course.root / "gradebook.db").unlink()
    assert grade(done) == {}
    assert keys_in_ledger(done) == keys
    ours, before = state(done), state(graded)
    assert ours["pages"].keys() == before["pages"].keys()
    who = [name for name in before["grades"] if isinstance(name, tuple)]
    assert {n: ours["grades"][n] for n in who} == {n: before["grades"][n] for n in who}


def test_a_page_that_is_gone_or_changed_is_written_again(
    done, graded, grade, keys_in_ledger, state
):
    before, keys = written(done), keys_in_ledger(done)
    page(done, "ada").unlink()
    page(done, "bob").write_text("half a note")
    assert grade(done) == {}
    assert changed(before, done) == {"ada", "bob"}
    assert keys_in_ledger(done) == keys
    assert state(done) == state(graded)


def test_nbgrader_in_between_takes_the_report_from_the_ledger(
    done, graded, grade, keys_in_ledger, state
):
    keys = keys_in_ledger(done)
    nbgrader(done.course.root, "autograde", "toy", "--student", "ada", "--force")
    assert keys_in_ledger(done) == keys
    assert state(done) == state(graded)
    before = written(done)
    assert grade(done) == {}
    assert changed(before, done) == {"ada"}
    assert state(done) == state(graded)


def test_another_time_of_handing_in_is_entered(done, grade, keys_in_ledger, state):
    before, keys = written(done), keys_in_ledger(done)
    done.submitted("ada").with_name("timestamp.txt").write_text("2030-01-05 12:00:00 UTC")
    assert grade(done) == {}
    assert changed(before, done) == {"ada"}
    assert keys_in_ledger(done) == keys
    assert state(done)["grades"]["ada"][2] > 0


def test_points_given_by_hand_stay(done, grade, answer, open_book):
    with open_book(done) as book:
        grades = book.find_submission("toy", "bob").notebooks[0].grades
        mark = next(g for g in grades if g.cell.cell_type == "markdown" and g.max_score == 2)
        mark.manual_score, name = 1.5, mark.name
        book.db.commit()
    answer(done, "bob", {})
    assert grade(done) == {}
    with open_book(done) as book:
        assert book.find_grade(name, "toy", "toy", "bob").manual_score == 1.5
        assert book.find_submission("toy", "bob").score == 12 + 1.5


def test_reports_stand_under_the_keys_that_are_wanted(graded, plan_of, keys_in_ledger):
    found = list(records(plan_of(graded), plan_of(graded).students()))
    assert [record.key for record in found] == keys_in_ledger(graded)
    assert len({record.key for record in found}) == 6


def test_a_ledger_that_takes_no_more_stops_everything_and_nothing_is_lost(
    fresh, graded, grade, layerwise, plan_of, keys_in_ledger, state
):
    assert plan_of(fresh).books  # makes the ledger
    with sqlite3.connect(fresh.course.root / "ledger.db") as file:
        full = "(SELECT count(*) FROM reports) > 1 BEGIN INSERT INTO a_full_disk VALUES (0); END"
        file.execute(f"CREATE TRIGGER full BEFORE INSERT ON reports WHEN {full}")
    status, _, complaint = layerwise(fresh, "grade", "toy", "--jobs", "2")
    assert status == 1
    assert complaint.startswith("layerwise: The ledger ")
    assert "a_full_disk. Start again" in complaint
    assert complaint.count("\n") == 1
    with sqlite3.connect(fresh.course.root / "ledger.db") as file:
        file.execute("DROP TRIGGER full")
    assert grade(fresh) == {}
    assert keys_in_ledger(fresh) == keys_in_ledger(graded)
    assert state(fresh) == state(graded)
