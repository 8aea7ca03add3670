"""A hidden suite is collected once and run for one player after another."""

import shutil

import pytest

from autograder.layout import Course
from autograder.suite.examiner import Examiner, SuiteError

SOLUTIONS = '''
def late(x):
    """Comes first in the suite's folder listing, and second in the solutions."""
    return x

def double(x):
    """Double."""
    return 2 * x

def aim(x):
    """Has no suite."""
    return x
'''
DOUBLE = '''
import pytest
from autograder.suite import agree, points

@points(1.5)
def test_value(student, reference, rng):
    """doubles

    and this is not part of the title."""
    x = rng.random()
    agree(student.double(x), reference.double(x))

@points(0.25)
@pytest.mark.parametrize("x", [1, 2.5])
def test_case(student, x):
    assert student.double(x) == 2 * x, "not twice as much."

def test_for_nothing(student_id):
    assert student_id in {"somebody", "reference"}
'''
LATE = "from autograder.suite import points\n\n@points(1)\ndef test_any(student): student.late(1)\n"
WRONG = "def double(x): return x\ndef late(x): raise ValueError('no')"


@pytest.fixture
def examiner(course):
    with Examiner(course(SOLUTIONS, {"double": DOUBLE, "late": LATE})) as examiner:
        yield examiner


def run(examiner, sitting):
    """The outcomes, by the names of the tests."""
    return {test.id: examiner.run(test, sitting) for test in examiner.tests}


def test_tests_are_described_by_exercise_title_and_points(examiner):
    described = [(t.exercise, t.id, t.title, t.points) for t in examiner.tests]
    assert described == [
        ("late", "test_any", "test_any", 1.0),
        ("double", "test_value", "doubles", 1.5),
        ("double", "test_case[1]", "test_case[1]", 0.25),
        ("double", "test_case[2.5]", "test_case[2.5]", 0.25),
        ("double", "test_for_nothing", "test_for_nothing", 0.0),
    ]


def test_exercises_come_in_the_order_of_the_solutions(examiner):
    assert examiner.exercises() == ["late", "double"]


def test_the_reference_passes(examiner, sits):
    assert all(outcome.passed for outcome in run(examiner, sits(examiner.assignment)).values())


def test_the_same_suite_is_run_for_one_player_after_another(examiner, sits):
    wrong, right = sits(examiner.assignment, WRONG), sits(examiner.assignment)
    for _ in range(3):
        assert [t for t, o in run(examiner, wrong).items() if o.passed] == ["test_for_nothing"]
        assert [t for t, o in run(examiner, right).items() if not o.passed] == []


def test_outcomes_hold_the_error_and_the_calls(examiner, sits):
    outcomes = run(examiner, sits(examiner.assignment, WRONG))
    assert str(outcomes["test_any"].error) == "ValueError: no"
    assert "not twice as much." in str(outcomes["test_case[1]"].error)
    (call,) = outcomes["test_case[2.5]"].calls
    assert (call.function, call.shown, call.answer.value) == ("double", "double(x=2.5)", 2.5)
    assert outcomes["test_for_nothing"].calls == ()


def test_inputs_depend_on_the_seed_and_on_the_test_alone(examiner, sits):
    def answer(seed):
        return run(examiner, sits(examiner.assignment, seed=seed))["test_value"].calls[0].answer

    assert answer("a1").value == answer("a1").value != answer("a2").value


def test_every_course_of_a_process_has_its_own_suite(examiner, sits, tmp_path):
    other = tmp_path / "other"
    for name in ("solutions", "tests"):
        shutil.copytree(tmp_path / name, other / name, ignore=shutil.ignore_patterns("__pycache__"))
    assignment = Course(other).assignment("toy")
    (assignment.hidden / "test_double.py").write_text(DOUBLE.replace("1.5", "7"))
    with Examiner(assignment) as second:
        assert sum(test.points for test in second.tests) == 8.5


def test_a_broken_suite_is_still_broken_at_the_second_try(course):
    assignment = course(SOLUTIONS, {"double": DOUBLE, "late": "import nowhere"})
    for _ in range(2):
        with pytest.raises(SuiteError, match="nowhere"), Examiner(assignment):
            pass


BROKEN = {
    "syntax": ({"double": "def test_x(:"}, "test_double.py: SyntaxError: invalid syntax"),
    "import": ({"double": "import no_such_module"}, "No module named 'no_such_module'"),
    "raises": ({"double": "1 / 0"}, "test_double.py: ZeroDivisionError: division by zero"),
    "one of two": ({"double": DOUBLE, "late": "import nowhere"}, "No module named 'nowhere'"),
    "no points": ({"double": "def test_x(student): pass"}, "points add up to 0"),
    "no tests": ({"double": ""}, "points add up to 0"),
    "no files": ({}, "points add up to 0"),
    "unknown": ({"dubble": DOUBLE}, "no function of this name in the solutions: dubble"),
}


@pytest.mark.parametrize(("suites", "said"), BROKEN.values(), ids=BROKEN)
def test_a_suite_that_cannot_be_used_is_one_clear_line(course, suites, said):
    assignment = course(SOLUTIONS, suites, mistakes="")
    with pytest.raises(SuiteError) as caught, Examiner(assignment):
        pass
    message = str(caught.value)
    assert said in message
    assert message.startswith("The hidden suite tests/hidden/toy: ")
    assert "\n" not in message


def test_the_line_gives_the_cause_and_nothing_else(course):
    assignment = course(SOLUTIONS, {"double": "import no_such_module"})
    with pytest.raises(SuiteError) as caught, Examiner(assignment):
        pass
    assert "points" not in str(caught.value)


def test_an_assignment_without_a_suite_is_one_clear_line(course):
    assignment = course(SOLUTIONS)
    with pytest.raises(SuiteError, match=r"(missing|no such|not exist)"), Examiner(assignment):
        pass


@pytest.mark.parametrize("above", ["tests/hidden", "tests", "."])
def test_a_conftest_above_the_suite_has_no_part_in_it(course, above):
    assignment = course(SOLUTIONS, {"double": DOUBLE})
    (assignment.course.root / above / "conftest.py").write_text("raise SystemExit\n")
    with Examiner(assignment) as examiner:
        assert len(examiner.tests) == 4
