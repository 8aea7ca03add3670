"""What holds of every grading."""

import dataclasses
import errno

import pytest

from autograder.grading import Grader
from autograder.layout import CourseError
from autograder.sandbox import Limits
from autograder.secret import seed_of
from autograder.suite.examiner import SuiteError

EXIT = "# %% {0}\ndef {0}(*args):\n    import os\n    os._exit(0)\n"
RANDOM = "# %% summary\ndef summary(x):\n    return {'count': 7, 'mean': float(x[0])}\n"


def results(report):
    """All of a report but the time it took."""
    return dataclasses.replace(report, seconds=0.0)


@pytest.mark.parametrize("name", ["unit_rows", "scale_backward", "summary"])
def test_a_crash_costs_its_own_exercise_only(grade, name):
    report = grade(EXIT.format(name))
    assert {e.id: e.score for e in report.exercises if e.id != name} == {
        e.id: e.max_score for e in report.exercises if e.id != name
    }
    assert {test.status for test in report.exercise(name).tests} <= {"exited"}


def test_the_untouched_release_gets_nothing(grade, release):
    report = grade(release)
    assert report.score == 0
    assert {test.status for e in report.exercises for test in e.tests} == {"missing"}
    assert report.flags == ()


def test_the_same_notebook_gets_the_same_report(grade):
    assert results(grade(RANDOM)) == results(grade(RANDOM))


def test_every_student_gets_inputs_of_their_own(grade):
    mine, yours = grade(RANDOM, "me"), grade(RANDOM, "you")
    assert mine.seed != yours.seed
    assert [t.message for t in mine.exercise("summary").tests][1] != [
        t.message for t in yours.exercise("summary").tests
    ][1]


def test_seeds_depend_on_secret_assignment_and_student_and_on_nothing_else(toy, built):
    assert seed_of(toy, "me") == seed_of(built, "me")
    assert seed_of(toy, "me") != seed_of(toy, "you")
    before = seed_of(toy, "me")
    (toy.course.root / ".course-secret").write_text(
        "another secret, which is long enough to be one"
    )
    assert seed_of(toy, "me") != before
    (toy.course.root / ".course-secret").write_text("the same inputs in every run of the tests")
    toy.mistakes.write_text("")
    changed = type(toy.course)(toy.course.root).assignment("toy")
    assert seed_of(changed, "me") == before  # a better hint is no reason for new inputs


def test_a_secret_is_made_where_there_is_none(toy):
    (toy.course.root / ".course-secret").unlink()
    seed = seed_of(toy, "me")
    assert len((toy.course.root / ".course-secret").read_text()) == 64
    assert seed_of(toy, "me") == seed
    assert [path.name for path in toy.course.root.glob(".course-secret*")] == [".course-secret"]


def test_a_secret_that_cannot_be_made_is_one_line(toy, monkeypatch):
    (toy.course.root / ".course-secret").unlink()

    def read_only(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", read_only)
    with pytest.raises(CourseError, match=r"course-secret can't be written: Read-only file system"):
        seed_of(toy, "me")


def test_results_do_not_depend_on_who_came_before(grade):
    crash = "# %%\nnp.sqrt = None\n# %% summary\ndef summary(x):\n    import os; os._exit(1)\n"
    texts = {"right": "", "crash": crash, "random": RANDOM}
    forth = {name: results(grade(texts[name], name)) for name in texts}
    back = {name: results(grade(texts[name], name)) for name in reversed(texts)}
    assert forth == back


def test_scores_add_up(grade):
    report = grade(RANDOM)
    assert report.score == sum(t.earned for e in report.exercises for t in e.tests) == 10
    assert report.max_score == 12
    assert report.to_json()["exercises"][4]["score"] == report.exercise("summary").score == 1


def test_outputs_stand_at_their_cells(grade, grader, hand_in, notebook_of):
    notebook = notebook_of("# %%\nprint('here I am')\n")
    cells = grader.read(hand_in(notebook), "somebody").notebook.cells
    (place,) = [i for i, cell in enumerate(cells) if cell.source == "print('here I am')"]
    (output,) = grade(notebook).outputs[place]
    assert output["text"] == "here I am\n"


def test_an_unreadable_submission_starts_no_worker(built, hand_in):
    class Refusing:
        name = "none"

        def __call__(self, *_):
            raise AssertionError("a worker was started")

    with Grader(built, Refusing(), Limits()) as grader:
        report = grader.grade(grader.read(hand_in(b""), "somebody"))
    assert (report.score, len(report.flags)) == (0, 1)


BROKEN_TESTS = {
    "a name": "    undefined",
    "an index": "    student.summary(x)\n    reference.summary(x)['median']",
    "an unknown function": "    student.sumary(x)",
    "arguments": "    reference.summary(x, x)",
    "arithmetic": "    student.summary(x)\n    1 / 0",
    "an exception of the reference": "    reference.summary(np.zeros(0))",
    "a fixture": "    pass\n\n@points(0)\ndef test_it_again(student, median):\n    pass",
    "a value that can't be sent": "    student.summary(object())",
}


@pytest.mark.parametrize("body", BROKEN_TESTS.values(), ids=BROKEN_TESTS)
def test_a_fault_of_the_suite_is_never_blamed_on_the_student(toy, launch, grade, body):
    (toy.hidden / "test_summary.py").write_text(
        "import numpy as np\nfrom autograder.suite import points\n\n"
        "@points(3)\ndef test_it(student, reference, rng):\n    x = rng.random(3)\n" + body
    )
    answers = ["# %% summary\ndef summary(x):\n    return 1\n"]
    if body == BROKEN_TESTS["an index"]:
        answers.append("")
    with Grader(toy, launch, Limits()) as grader:
        for answer in answers:
            with pytest.raises(SuiteError) as caught:
                grade(answer, by=grader)
            assert "summary, test_it" in str(caught.value)
            assert "\n" not in str(caught.value)


def test_a_grader_needs_the_built_notebook(toy, launch):
    toy.notebook.unlink()
    with pytest.raises(CourseError, match=r"layerwise build"):
        Grader(toy, launch, Limits())


def test_a_submission_has_no_more_time_than_its_limit(built, launch, grade):
    limits = dataclasses.replace(Limits(), submission_seconds=2)
    slow = "# %%\nimport time; time.sleep(0.5)\n" * 20
    with Grader(built, launch, limits) as grader:
        report = grade(slow, by=grader)
    assert report.seconds < 6
    assert {t.status for e in report.exercises for t in e.tests} == {"timeout"}


@pytest.mark.parametrize("content", ["", "short"])
def test_a_damaged_secret_is_one_clear_line(toy, content):
    (toy.course.root / ".course-secret").write_text(content)
    with pytest.raises(CourseError, match="is damaged"):
        seed_of(toy, "me")


def test_a_changed_suite_or_limit_gets_a_new_grader(toy, launch):
    from autograder.graders import grader_for

    first = grader_for(toy)
    assert grader_for(toy) is first
    suite = toy.hidden / "test_row_norms.py"
    suite.write_text(suite.read_text() + "\n# changed\n")
    second = grader_for(toy)
    assert second is not first
    (toy.course.root / "layerwise.toml").write_text("[limits]\nnotebook_size = 10\n")
    assert grader_for(toy) is not second


def test_what_hidden_calls_print_reaches_the_instructor_only(grade):
    report = grade(
        "# %% summary\ndef summary(x):\n    print('seen:', sum(x))\n"
        "    raise ValueError(f'got {sum(x)}')\n"
    )
    tests = report.exercise("summary").tests
    visible_check = "seen: 2.0"
    shown = [report.outputs, *((test.message, test.hint, test.title) for test in tests)]
    assert all(test.printed.startswith("seen:") for test in tests)
    assert "seen:" not in str(shown).replace(visible_check, "")
