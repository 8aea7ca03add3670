"""`layerwise regrade` shows what would change before it does; `layerwise history` what did."""

import io
import re
import shutil

import pytest
from rich.console import Console

from autograder.build import build
from autograder.history import show_history
from autograder.ledger import open_ledger
from autograder.settings import ledger_url

BODY = '"""raises ValueError where there is nothing to average"""\n'


@pytest.fixture
def stricter(done):
    """The graded class, after a change of suite that costs all a point but those who had none."""
    suite = done.hidden / "test_summary.py"
    text = suite.read_text()
    assert BODY in text
    suite.write_text(
        text.replace(
            BODY, f'{BODY}    assert not student.summary(np.ones(1))["count"], "we ask more now"\n'
        )
    )
    return done


def mark(assignment, open_book, student, points):
    with open_book(assignment) as book:
        grades = book.find_submission("toy", student).notebooks[0].grades
        by_hand = next(g for g in grades if g.cell.cell_type == "markdown" and g.max_score == 2)
        by_hand.manual_score = points
        book.db.commit()


def scores(state, assignment):
    return {n: g[0] for n, g in state(assignment)["grades"].items() if isinstance(n, str)}


def row_of(student, shown):
    return next(line for line in shown.splitlines() if line.startswith(f"│ {student} "))


def test_before_it_asks_it_shows_who_what_and_why(stricter, layerwise):
    status, shown, _ = layerwise(stricter, "regrade", "toy", "--jobs", "2", answers="n\n")
    assert status == 0
    assert "5 of 6 students get other points than before." in shown
    cells = [cell.strip() for cell in row_of("ada", shown).strip("│").split("│")]
    assert cells[:4] == ["ada", "summary", "3", "2"]
    assert "passed (1 of 1) → failed (0 of 1)" in cells[4]
    assert "we ask more now" in cells[4]
    assert "│ cat " not in shown


def test_no_leaves_the_gradebook_as_it_is(stricter, graded, layerwise, state, keys_in_ledger):
    before = len(keys_in_ledger(stricter))
    status, shown, _ = layerwise(stricter, "regrade", "toy", "--jobs", "2", answers="n\n")
    assert status == 0
    assert "The gradebook is as it was" in shown
    assert state(stricter) == state(graded)
    assert len(keys_in_ledger(stricter)) == 2 * before


def test_no_names_those_who_could_not_be_regraded_as_well(stricter, layerwise):
    shutil.copytree(stricter.submitted("eve").parents[1], stricter.course.root / "submitted/e*e")
    status, shown, complaint = layerwise(stricter, "regrade", "toy", "--jobs", "2", answers="n\n")
    assert status == 1
    assert "The gradebook is as it was" in shown
    assert complaint.startswith("layerwise: Not regraded: ")


def test_yes_enters_it_and_points_given_by_hand_stay(
    stricter, layerwise, state, open_book, keys_in_ledger
):
    mark(stricter, open_book, "fay", 2)
    before = scores(state, stricter)
    assert before["fay"] == 14
    status, _, complaint = layerwise(stricter, "regrade", "toy", "--jobs", "2", answers="y\n")
    assert (status, complaint) == (0, "")
    after = scores(state, stricter)
    assert {n: before[n] - after[n] for n in before if n not in ("cat", "dan")} == {
        "ada": 1, "bob": 1, "eve": 1, "fay": 1,
    }  # fmt: skip
    assert layerwise(stricter, "regrade", "toy")[1].count("0 of 6 students") == 1


def test_with_yes_it_does_not_ask(stricter, layerwise, state):
    status, shown, _ = layerwise(stricter, "regrade", "toy", "--jobs", "2", "--yes")
    assert status == 0
    assert "Enter these changes" not in shown
    assert scores(state, stricter)["ada"] == 11


def test_without_a_change_it_says_so_and_computes_nothing(
    done, graded, layerwise, state, keys_in_ledger, monkeypatch
):
    keys = keys_in_ledger(done)
    monkeypatch.setattr("autograder.processes.executor", lambda jobs: pytest.fail("starts"))
    status, shown, _ = layerwise(done, "regrade", "toy")
    assert status == 0
    assert "0 of 6 students get other points than before." in shown
    assert keys_in_ledger(done) == keys
    assert state(done) == state(graded)


def test_a_page_that_is_no_notebook_counts_as_none(done, layerwise, graded, state):
    page = done.course.root / "autograded" / "ada" / "toy" / "toy.ipynb"
    page.write_text(page.read_text()[:500])
    status, shown, _ = layerwise(done, "regrade", "toy", "--yes")
    assert status == 0
    assert "1 of 6 students" in shown
    assert row_of("ada", shown).split("│")[3].strip() == "–"
    assert state(done) == state(graded)


def test_the_history_has_both_grades_with_dates_and_what_changed(stricter, layerwise):
    layerwise(stricter, "regrade", "toy", "--yes")
    status, shown, _ = layerwise(stricter, "history", "ada")
    assert status == 0
    lines = [line for line in shown.splitlines() if "│ toy" in line]
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]
    assert [row[2] for row in rows] == ["12 / 12", "11 / 12"]
    assert [row[6] for row in rows] == ["", "summary 3 → 2"]
    dates = [row[0] for row in rows] + [row[5] for row in rows]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", date) for date in dates)
    assert rows[0][3] == rows[1][3]  # the same submission
    assert rows[0][4] != rows[1][4]  # another suite


def test_a_narrow_terminal_shows_whole_dates(done):
    file = io.StringIO()
    show_history(Console(file=file, width=80), open_ledger(ledger_url(done.course)), "ada")
    assert re.search(r"\d{4}-\d\d-\d\d ", file.getvalue())
    assert "…" not in file.getvalue()


def test_a_grade_that_was_not_entered_is_in_the_history_as_such(stricter, layerwise):
    layerwise(stricter, "regrade", "toy", answers="n\n")
    shown = layerwise(stricter, "history", "ada", "--assignment", "toy")[1]
    lines = [line for line in shown.splitlines() if "│ toy" in line]
    assert [line.split("│")[6].strip() == "no" for line in lines] == [False, True]


def test_a_student_without_grades_is_one_line(done, layerwise):
    status, _, complaint = layerwise(done, "history", "nobody")
    assert status == 1
    assert complaint == "layerwise: The ledger has no grade of nobody.\n"


@pytest.fixture
def worth_more(done):
    """The graded class, after a test has become worth more."""
    suite = done.hidden / "test_summary.py"
    text = suite.read_text()
    assert "@points(1)" in text
    suite.write_text(text.replace("@points(1)", "@points(5)", 1))
    return done


def test_other_points_ask_for_the_notebook_to_be_built(worth_more, layerwise, state):
    before = state(worth_more)
    status, _, complaint = layerwise(worth_more, "regrade", "toy", "--jobs", "2", "--yes")
    assert status == 1
    assert "toy.ipynb gives other points than the hidden suite: run “layerwise build”." in complaint
    assert state(worth_more) == before


def test_other_points_reach_the_gradebook_once_the_notebook_is_built(
    worth_more, layerwise, state, open_book
):
    mark(worth_more, open_book, "ada", 1.5)
    before = scores(state, worth_more)
    build(worth_more)
    status, _, complaint = layerwise(worth_more, "regrade", "toy", "--jobs", "2", "--yes")
    assert (status, complaint) == (0, "")
    assert scores(state, worth_more)["ada"] == before["ada"] + 2 * 4  # it has two cases
