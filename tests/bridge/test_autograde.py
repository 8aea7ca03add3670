"""What stock `nbgrader autograde` and `generate_feedback` make of a class."""

import re
import shutil

import pytest
from nbgrader.converters import GenerateFeedback
from traitlets.config import Config

from autograder.bridge import commands
from autograder.graders import grader_for
from autograder.layout import CourseError
from autograder.sandbox import SandboxUnavailable

STUDENTS = ["a-right", "b-unreadable", "c-mistaken", "d-noisy"]


def grades(book, student):
    return {g.name: g for g in book.find_submission("toy", student).notebooks[0].grades}


def report(notebook):
    return notebook["metadata"]["layerwise"]["report"]


def cell_text(notebook, name):
    """Source and outputs of a grade cell."""
    (cell,) = [
        c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name
    ]
    texts = [text for o in cell["outputs"] for text in o.get("text", [])]
    return "".join(cell["source"]), "".join(texts)


@pytest.fixture
def page(classroom):
    def read(student):
        folder = classroom.course.root / "feedback" / student / "toy"
        return (folder / "toy.html").read_text(encoding="utf-8")

    return read


@pytest.mark.parametrize("student", STUDENTS)
def test_the_gradebook_has_the_scores_of_the_report(classroom, book, graded, student):
    found = grades(book, student)
    for exercise in report(graded(classroom, student))["exercises"]:
        grade = found[f"{exercise['id']}-tests"]
        assert grade.auto_score == exercise["score"]
        assert grade.max_score == exercise["max_score"]


def test_scores_are_right(book):
    scores = {s: book.find_submission("toy", s).score for s in STUDENTS}
    assert scores == {"a-right": 12, "b-unreadable": 0, "c-mistaken": 7.5, "d-noisy": 10}


def test_the_maximum_holds_what_is_graded_by_hand(book):
    assert book.find_submission("toy", "a-right").max_score == 14
    assert grades(book, "a-right")["summary-rubric"].needs_manual_grade


def test_nobody_has_more_than_the_maximum(book):
    for student in STUDENTS:
        for grade in grades(book, student).values():
            assert 0 <= grade.score <= grade.max_score


def test_the_grade_cell_shows_title_points_message_and_hint(classroom, graded):
    _, text = cell_text(graded(classroom, "c-mistaken"), "scale_forward-tests")
    assert text.startswith("scale_forward: 1 of 2 points\n")
    assert "failed    0 of 1  multiplies every column by its factor" in text
    assert re.search(
        r"scale_forward\(x of shape \(5, 3\), k of\s+shape \(3,\)\): out differs", text
    )
    assert "Hint: Which operation scales?" in text


def test_the_grade_cell_shows_what_passed(classroom, graded):
    _, text = cell_text(graded(classroom, "a-right"), "unit_rows-tests")
    assert text == (
        "unit_rows: 2 of 2 points\n\n"
        "passed    1.5 of 1.5  divides every row by its length\n"
        "passed    0.5 of 0.5  leaves x as it was\n"
    )


@pytest.mark.parametrize("student", STUDENTS)
def test_no_source_of_a_hidden_test_is_shown(classroom, graded, page, student):
    notebook = graded(classroom, student)
    shown = [line for name in report(notebook)["exercises"] for line in
             cell_text(notebook, f"{name['id']}-tests")] + [page(student)]  # fmt: skip
    lines = [line.strip() for file in classroom.hidden.glob("test_*.py")
             for line in file.read_text().splitlines()]  # fmt: skip
    secrets = [line for line in lines if re.match(r"(def test|agree|x = rng|@points)", line)]
    assert len(secrets) > 12
    assert [secret for secret in secrets for text in shown if secret in text] == []
    assert not any("BEGIN HIDDEN TESTS" in text for text in shown)


def test_no_solution_is_shown(classroom, graded, page):
    for text in (str(graded(classroom, "b-unreadable")), page("b-unreadable")):
        assert "np.sqrt((x * x).sum(axis=1))" not in text
        assert "BEGIN SOLUTION" not in text


def test_an_unreadable_notebook_is_flagged_and_the_batch_goes_on(book):
    notebook = book.find_submission("toy", "b-unreadable").notebooks[0]
    assert notebook.needs_manual_grade
    assert notebook.score == 0
    assert [c.auto_comment for c in notebook.comments if c.auto_comment and "Not graded." in
            c.auto_comment]  # fmt: skip
    assert book.find_submission("toy", "d-noisy").score > 0


def test_an_unreadable_notebook_is_said_to_be_so_on_the_page(page):
    assert "This notebook could not be graded." in page("b-unreadable")
    assert "it is not valid JSON" in page("b-unreadable")


def test_a_readable_notebook_is_not_flagged(book):
    for grade in grades(book, "a-right").values():
        assert bool(grade.needs_manual_grade) == (grade.name == "summary-rubric")


@pytest.mark.parametrize(
    "what", ["print", "html", "md", "error", "markdown", "type", "raise", "1", "js"]
)
def test_nothing_of_a_students_reaches_the_page_as_html(page, what):
    for student in ("c-mistaken", "d-noisy"):
        assert f"<script>alert('{what}')" not in page(student)
        assert f"<script>alert({what})" not in page(student)
        assert f"<script type=\"text/javascript\">alert('{what}')" not in page(student)


def test_what_was_taken_out_of_the_page_is_shown_as_text(page):
    text = page("d-noisy").replace("&#39;", "'").replace("&#x27;", "'")
    assert "&lt;script&gt;alert('print')&lt;/script&gt;" in text
    assert re.search(r"&lt;.?script&gt;alert\('markdown'\)", text)


def test_a_pasted_picture_is_shown_and_a_lost_one_does_no_harm(page):
    assert 'src="data:image/png;base64,iVBOR' in page("d-noisy")
    assert "gone.png" in page("d-noisy")


def test_a_hint_is_text_as_well(page):
    assert "&lt;b&gt;Who&lt;/b&gt;" in page("c-mistaken")
    assert "<b>Who</b>" not in page("c-mistaken")


@pytest.fixture
def one(released, tmp_path, hand_in, answered, launch):
    """A course of its own with one submission, not graded yet."""
    root = shutil.copytree(released.course.root, tmp_path / "one")
    assignment = type(released.course)(root).assignment("toy")
    hand_in(assignment, "somebody", answered(MISTAKE))
    return assignment


MISTAKE = {"summary": "def summary(x):\n    return {'count': x.size, 'mean': x.mean()}"}


def test_regrading_keeps_what_was_graded_by_hand(one, open_book):
    config = commands.course_config(one)
    commands.autograde(one, "somebody", config)
    with open_book(one) as book:
        found = grades(book, "somebody")
        found["summary-rubric"].manual_score = 1.5
        found["summary-tests"].manual_score = 2.5
        found["summary-tests"].extra_credit = 0.25
        book.db.commit()
    commands.autograde(one, "somebody", config)
    with open_book(one) as book:
        found = grades(book, "somebody")
        assert found["summary-rubric"].manual_score == 1.5
        assert found["summary-tests"].manual_score == 2.5
        assert found["summary-tests"].extra_credit == 0.25
        assert found["summary-tests"].auto_score == 2
        assert found["row_norms-tests"].auto_score == 2


def test_regrading_a_better_submission_raises_the_score(one, open_book, hand_in, answered):
    config = commands.course_config(one)
    commands.autograde(one, "somebody", config)
    hand_in(one, "somebody", answered())
    commands.autograde(one, "somebody", config)
    with open_book(one) as book:
        assert book.find_submission("toy", "somebody").score == 12


def nothing_was_graded(assignment):
    return not (assignment.course.root / "autograded").exists()


def test_without_a_sandbox_nothing_is_graded(one, monkeypatch):
    def launcher(unprotected=False):
        raise SandboxUnavailable("bubblewrap is not installed: apt-get install bubblewrap")

    monkeypatch.setattr("autograder.graders.launcher", launcher)
    with pytest.raises(CourseError) as caught:
        commands.autograde(one, "*", commands.course_config(one))
    assert "apt-get install bubblewrap" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert nothing_was_graded(one)


def test_with_a_broken_suite_nothing_is_graded(one):
    (one.hidden / "test_summary.py").write_text("import no_such_module\n")
    with pytest.raises(CourseError) as caught:
        commands.autograde(one, "*", commands.course_config(one))
    assert "No module named 'no_such_module'" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert nothing_was_graded(one)


def test_a_test_that_breaks_while_grading_stops_with_one_line(one):
    (one.hidden / "test_summary.py").write_text(
        "from autograder.suite import points\n\n@points(3)\ndef test_it(student):\n    undefined\n"
    )
    with pytest.raises(CourseError) as caught:
        commands.autograde(one, "somebody", commands.course_config(one))
    assert "summary, test_it" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_plain_nbgrader_gives_nothing_and_says_why(one, graded, open_book):
    commands.autograde(one, "somebody", Config({"CourseDirectory": {"course_id": "toys"}}))
    with open_book(one) as book:
        assert book.find_submission("toy", "somebody").score == 0
    errors = [o["evalue"] for c in graded(one, "somebody")["cells"]
              for o in c.get("outputs", []) if o["output_type"] == "error"]  # fmt: skip
    assert [e for e in errors if e.startswith("row_norms is graded by layerwise (2 points).")]
    assert len(errors) == 5


def test_a_grader_is_kept_for_the_next_submission(classroom):
    assert grader_for(classroom) is grader_for(classroom)


def test_feedback_can_be_generated_again(classroom):
    config = commands.course_config(classroom)
    commands._run(GenerateFeedback, classroom, config, "a-right", force=True)
