"""A wrong answer is explained by the known mistake, or by the earlier function, that gives it."""

import sys

import numpy as np
import pytest

from autograder.suite.examiner import Examiner
from autograder.suite.explain import Explainer
from autograder.suite.forgive import Forgiver
from autograder.suite.mistakes import load_mistakes

SOLUTIONS = '''
import numpy as np

def scale_forward(x, k):
    """Multiply.

    Returns
    -------
    out : ndarray
    cache : tuple
    """
    return x * k, (x, k)

def scale_backward(dout, cache):
    """Differentiate.

    Returns
    -------
    dx : ndarray
    dk : ndarray
    """
    x, k = cache
    return dout * k, (dout * x).sum(axis=0)

def lengths(x):
    """Give the lengths of rows."""
    return np.sqrt((x * x).sum(axis=1))

def directions(x):
    """Divide by lengths. x is left alone."""
    return x / lengths(x)[:, None]

def moments(x):
    """Give mean and variance."""
    if x.size == 0:
        raise ValueError("empty")
    return {"mean": x.mean(), "var": x.var()}

def plane(n):
    """Give a matrix that loses a direction, as lists or as an array."""
    return {"P": np.diag([1.0] * (n - 1) + [0.0]).tolist()}


def halve(x, times):
    """Divide by two, some times."""
    for _ in range(times):
        x = x / 2
    return x
'''
SUITES = {
    "scale_forward": """
        from autograder.suite import agree, points

        @points(1)
        def test_out(student, reference, rng):
            x, k = rng.random((4, 3)), rng.random(3)
            out, _ = student.scale_forward(x, k)
            agree(out, x * k)
    """,
    "scale_backward": """
        import pytest
        from autograder.suite import agree, points

        @points(1)
        @pytest.mark.parametrize("i", [0, 1])
        def test_gradient(student, reference, rng, i):
            x, k, dout = rng.random((4, 3)), rng.random(3), rng.random((4, 3))
            _, cache = student.scale_forward(x, k)
            gradients = student.scale_backward(dout, cache)
            agree(gradients[i], reference.scale_backward(dout, (x, k))[i])
    """,
    "lengths": """
        from autograder.suite import agree, points

        @points(1)
        def test_lengths(student, reference, rng):
            x = rng.random((4, 3))
            agree(student.lengths(x), reference.lengths(x))
    """,
    "directions": """
        from autograder.suite import agree, points, unchanged

        @points(1)
        def test_rows(student, reference, rng):
            x = rng.random((4, 3))
            agree(student.directions(x), reference.directions(x))

        @points(1)
        def test_purity(student, rng):
            unchanged(student.directions, rng.random((4, 3)))
    """,
    "moments": """
        import numpy as np
        from autograder.suite import agree, entry, points, refuses

        @points(1)
        def test_mean(student, reference, rng):
            x = rng.random(5)
            agree(entry(student.moments(x), "mean"), x.mean())

        @points(1)
        def test_var(student, reference, rng):
            x = rng.random(5)
            agree(entry(student.moments(x), "var"), x.var())

        @points(1)
        def test_small(student, rng):
            x = 1e-3 * rng.random(5)
            agree(entry(student.moments(x), "var"), x.var())

        @points(1)
        def test_empty(student):
            refuses(ValueError, student.moments, np.zeros(0))
    """,
    "plane": """
        import numpy as np
        from autograder.suite import entry, fail, points

        @points(1)
        def test_rank(student):
            if np.linalg.matrix_rank(np.array(entry(student.plane(4), "P"))) != 3:
                fail("no direction is lost, or too many.")
    """,
    "halve": """
        import pytest
        from autograder.suite import agree, points

        @points(1)
        @pytest.mark.slow
        def test_often(student, reference, rng):
            x = rng.random(3)
            agree(student.halve(x, 12), reference.halve(x, 12))

        @points(1)
        def test_once(student, reference, rng):
            x = rng.random(3)
            agree(student.halve(x, 1), reference.halve(x, 1))
    """,
}
MISTAKES = """
[[scale_forward]]
name = "adds"
correct = "x * k"
buggy = "x + k"
hint = ""

[[moments]]
name = "sample variance of large samples"
correct = "x.var()"
buggy = "x.var(ddof=x.max() > 1e-2)"
hint = ""

[[moments]]
name = "sample variance"
correct = "x.var()"
buggy = "x.var(ddof=1)"
hint = ""

[[moments]]
name = "sample variance of small samples"
correct = "x.var()"
buggy = "x.var(ddof=x.max() <= 1e-2)"
hint = ""

[[moments]]
name = "one value too few"
correct = "x.var()"
buggy = "(x @ x[1:] if x.max() > 1e-2 else x.var())"
hint = ""

[[moments]]
name = "accepts nothing"
correct = "x.size == 0"
buggy = "False"
hint = ""

[[plane]]
name = "loses nothing"
correct = "np.diag([1.0] * (n - 1) + [0.0])"
buggy = "np.eye(n)"
hint = ""

[[halve]]
name = "takes a third"
correct = "x / 2"
buggy = "x / 3"
hint = ""

[[halve]]
name = "stops early"
correct = "range(times)"
buggy = "range(min(times, 9))"
hint = ""

[[directions]]
name = "in place"
code = '''
def directions(x):
    x /= lengths(x)[:, None]
    return x
'''
hint = ""
"""


@pytest.fixture(scope="module")
def explainer(tmp_path_factory, write_course):
    assignment = write_course(tmp_path_factory.mktemp("explain"), SOLUTIONS, SUITES, MISTAKES)
    for name in [name for name in sys.modules if name.startswith("tests.hidden.toy")]:
        del sys.modules[name]
    with Examiner(assignment) as examiner:
        yield Explainer(examiner, load_mistakes(assignment))


@pytest.fixture
def explain(explainer, sits):
    """What is said of each failed test: the name of a mistake, follow-on or nothing."""
    examiner = explainer.examiner

    def tell(exercise, text):
        sitting = sits(examiner.assignment, f"{SOLUTIONS}\n{text}")
        outcomes = {test: examiner.run(test, sitting) for test in examiner.tests_of(exercise)}
        failed = {test: outcome for test, outcome in outcomes.items() if not outcome.passed}
        named = explainer.mistakes_behind(failed, sitting)
        punished = set(examiner.exercises()) - {exercise}
        forgiver = Forgiver(explainer)
        return {
            test.id: "follow-on"
            if forgiver.is_right_for_its_forward(test, outcome, sitting, punished)
            or forgiver.is_follow_on(test, outcome, sitting, punished)
            else getattr(named.get(test), "name", None)
            for test, outcome in failed.items()
        }

    return tell


def moments(value, empty="raise ValueError"):
    return f"def moments(x):\n    if not x.size:\n        {empty}\n    return {value}"


def test_a_known_mistake_is_named_however_it_is_written(explain):
    text = "def scale_forward(x, k):\n    return np.add(k, x), None"
    assert explain("scale_forward", text) == {"test_out": "adds"}


def test_an_unknown_mistake_is_not_named(explain):
    text = "def scale_forward(x, k):\n    return x - k, None"
    assert explain("scale_forward", text) == {"test_out": None}


def test_an_answer_of_another_form_is_not_named(explain):
    text = "def scale_forward(x, k):\n    return x + k"
    assert explain("scale_forward", text) == {"test_out": None}


@pytest.mark.parametrize("value", ["np.eye(n)", "np.eye(n).tolist()"])
def test_an_array_is_named_where_a_mistake_gives_the_same_as_lists(explain, value):
    assert explain("plane", f"def plane(n):\n    return {{'P': {value}}}") == {
        "test_rank": "loses nothing"
    }


def test_the_mistake_that_explains_most_is_named(explain):
    text = moments("{'mean': x.mean(), 'var': ((x - x.mean()) ** 2).sum() / (len(x) - 1)}")
    assert explain("moments", text) == {
        "test_var": "sample variance",
        "test_small": "sample variance",
    }


def test_a_mistake_that_would_fail_other_tests_as_well_is_not_named(explain):
    text = moments("{'mean': x.mean(), 'var': x.var(ddof=x.max() < 0.01)}")
    assert explain("moments", text) == {"test_small": "sample variance of small samples"}


@pytest.mark.parametrize(("small", "named"), [("x.var()", "one value too few"), ("7.0", None)])
def test_an_exception_alone_names_a_mistake_only_if_nothing_else_is_wrong(explain, small, named):
    value = f"x @ x[1:] if x.max() > 0.01 else {small}"
    found = explain("moments", moments(f"{{'mean': x.mean(), 'var': {value}}}"))
    assert found["test_mean"] == found["test_var"] == named


def test_two_mistakes_are_named_side_by_side(explain):
    text = moments("{'mean': 0.0, 'var': x.var(ddof=1)}")
    assert explain("moments", text) == {
        "test_mean": None,
        "test_var": "sample variance",
        "test_small": "sample variance",
    }


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_accepting_what_should_be_refused_is_named_by_what_was_returned(explain):
    text = "def moments(x):\n    return {'mean': np.mean(x), 'var': np.var(x)}"
    assert explain("moments", text) == {"test_empty": "accepts nothing"}


def test_a_modified_argument_is_named_although_it_is_rounded_otherwise(explain):
    text = "def directions(x):\n    x *= (1 / lengths(x))[:, None]\n    return x"
    assert explain("directions", text) == {"test_purity": "in place"}


def test_a_mistake_of_another_exercise_is_not_named(explain):
    text = "def lengths(x):\n    return x.var(axis=1, ddof=1)"
    assert explain("lengths", text) == {"test_lengths": None}


def test_the_derivative_of_the_students_own_forward_function_is_a_follow_on(explain):
    text = """
def scale_forward(x, k):
    return np.sin(x) * k + x, {"x": x, "k": k}

def scale_backward(dout, cache):
    x, k = cache["x"], cache["k"]
    return [dout * (np.cos(x) * k + 1), (dout * np.sin(x)).sum(axis=0)]
"""
    assert explain("scale_backward", text) == {
        "test_gradient[0]": "follow-on",
        "test_gradient[1]": "follow-on",
    }


def test_of_two_gradients_one_may_be_right(explain):
    text = """
def scale_forward(x, k):
    return np.sin(x) * k + x, (x, k)

def scale_backward(dout, cache):
    x, k = cache
    return dout * np.cos(x) * k, (dout * np.sin(x)).sum(axis=0)
"""
    assert explain("scale_backward", text) == {
        "test_gradient[0]": None,
        "test_gradient[1]": "follow-on",
    }


def test_one_wrong_entry_of_a_gradient_is_noticed(explain):
    text = """
def scale_forward(x, k):
    return 2 * x * k, (x, k)

def scale_backward(dout, cache):
    x, k = cache
    dx = 2 * dout * k
    dx[-1, -1] *= 1.001
    return dx, 2 * (dout * x).sum(axis=0)
"""
    assert explain("scale_backward", text)["test_gradient[0]"] is None


def test_a_derivative_of_another_function_is_none(explain):
    text = """
def scale_forward(x, k):
    return 2 * x * k, (x, k)

def scale_backward(dout, cache):
    x, k = cache
    return 3 * dout * k, 3 * (dout * x).sum(axis=0)
"""
    assert explain("scale_backward", text) == {"test_gradient[0]": None, "test_gradient[1]": None}


def test_a_wrong_backward_of_a_right_forward_function_is_none(explain):
    text = "def scale_backward(dout, cache):\n    return dout, dout.sum(axis=0)"
    assert explain("scale_backward", text) == {"test_gradient[0]": None, "test_gradient[1]": None}


@pytest.mark.parametrize("form", ["0 * x", "0 * x + 1"])
def test_zeros_for_the_derivative_of_a_constant_are_not_credited(explain, form):
    text = f"""
def scale_forward(x, k):
    return {form}, (x, k)

def scale_backward(dout, cache):
    x, k = cache
    return 0 * x, 0 * k
"""
    assert explain("scale_backward", text) == {"test_gradient[0]": None, "test_gradient[1]": None}


def test_one_zero_gradient_among_others_is_not_credited(explain):
    text = """
def scale_forward(x, k):
    return 2 * x + 0 * k, (x, k)

def scale_backward(dout, cache):
    x, k = cache
    return 2 * dout, 0 * k
"""
    assert explain("scale_backward", text)["test_gradient[1]"] is None


def test_right_on_top_of_an_earlier_function_is_a_follow_on(explain):
    text = """
def lengths(x):
    return np.abs(x).sum(axis=1)

def directions(x):
    return np.stack([row / length for row, length in zip(x, lengths(x))])
"""
    assert explain("lengths", text) == {"test_lengths": None}
    assert explain("directions", text) == {"test_rows": "follow-on"}


def test_wrong_on_top_of_an_earlier_function_is_none(explain):
    text = """
def lengths(x):
    return np.abs(x).sum(axis=1)

def directions(x):
    return x / lengths(x)[:, None] ** 2
"""
    assert explain("directions", text) == {"test_rows": None}


def test_an_argument_that_is_modified_is_no_follow_on(explain):
    text = """
def lengths(x):
    return np.abs(x).sum(axis=1)

def directions(x):
    x /= lengths(x)[:, None]
    return x
"""
    assert explain("directions", text)["test_purity"] != "follow-on"


@pytest.mark.parametrize(
    "text",
    [
        "def lengths(x):\n    raise KeyError('x')\n\ndef directions(x):\n    return lengths(x)",
        "def lengths(x):\n    raise NotImplementedError\n",
        "def lengths(x):\n    return None\n",
        "def directions(x):\n    return 1 / 0\n",
    ],
)
def test_errors_are_not_credited(explain, text):
    assert "follow-on" not in explain("directions", text).values()


@pytest.mark.parametrize("value", ["None", "x", "(x * k, k, x)", "(None, None)", "(x[0, 0], 1)"])
def test_a_forward_function_of_another_form_earns_its_backward_function_nothing(explain, value):
    text = f"""
def scale_forward(x, k):
    return {value}

def scale_backward(dout, cache):
    return dout, dout.sum(axis=0)
"""
    assert "follow-on" not in explain("scale_backward", text).values()


def test_a_forward_function_with_random_noise_earns_nothing(explain):
    text = """
def scale_forward(x, k):
    return x * k + np.random.random(), (x, k)

def scale_backward(dout, cache):
    return dout, dout.sum(axis=0)
"""
    assert "follow-on" not in explain("scale_backward", text).values()


def test_explaining_leaves_the_record_as_it_was(explainer, sits):
    examiner = explainer.examiner
    text = f"{SOLUTIONS}\ndef lengths(x):\n    return x.sum(axis=1)"
    sitting = sits(examiner.assignment, text)
    (test,) = examiner.tests_of("lengths")
    outcome = examiner.run(test, sitting)
    (before,) = outcome.calls
    explainer.mistakes_behind({test: outcome}, sitting)
    Forgiver(explainer).is_follow_on(test, outcome, sitting, {"lengths"})
    assert outcome.calls == (before,)
    (again,) = examiner.run(test, sitting).calls
    assert np.array_equal(before.answer.value, again.answer.value)


def test_only_an_exercise_that_lost_points_can_be_followed_on(explainer, sits):
    examiner = explainer.examiner
    text = f"{SOLUTIONS}\ndef lengths(x):\n    return 2 * np.sqrt((x**2).sum(axis=1))"
    sitting = sits(examiner.assignment, text)
    outcomes = {test: examiner.run(test, sitting) for test in examiner.tests_of("directions")}
    failed = {test: outcome for test, outcome in outcomes.items() if not outcome.passed}
    assert failed
    for test, outcome in failed.items():
        assert not Forgiver(explainer).is_follow_on(test, outcome, sitting, set())
        assert not Forgiver(explainer).is_follow_on(test, outcome, sitting, {"scale_forward"})


@pytest.fixture
def asked(explainer, sits, monkeypatch):
    """Which tests are run with which mistakes, to explain all that a function fails."""
    examiner = explainer.examiner
    run = examiner.run

    def ask(exercise, text):
        sitting = sits(examiner.assignment, f"{SOLUTIONS}\n{text}", seed=text.encode().hex())
        outcomes = {test: run(test, sitting) for test in examiner.tests_of(exercise)}
        failed = {test: outcome for test, outcome in outcomes.items() if not outcome.passed}
        found = set()

        def noted(test, who):
            (name,) = [m.name for m in explainer.mistakes if m.player is who.player] or [None]
            found.add((test.id, name))
            return run(test, who)

        monkeypatch.setattr(examiner, "run", noted)
        explainer.mistakes_behind(failed, sitting)
        return found

    return ask


def test_a_slow_test_is_run_with_mistakes_that_explain_what_is_quick(asked):
    text = "def halve(x, times):\n    return x / (3.0**times)"
    assert ("test_often", "takes a third") in asked("halve", text)


def test_a_slow_test_is_run_with_mistakes_that_show_nowhere_else(asked):
    text = "def halve(x, times):\n    return x / 2.0 ** min(times, 9)"
    assert ("test_often", "stops early") in asked("halve", text)
    assert ("test_often", "takes a third") not in asked("halve", text)


def test_a_slow_test_is_not_run_with_mistakes_that_what_is_quick_rules_out(asked):
    text = "def halve(x, times):\n    return x + times"
    assert ("test_often", "takes a third") not in asked("halve", text)


def test_what_mistakes_make_of_tests_is_not_kept_when_the_next_is_tried(explainer, explain):
    explain("moments", moments("{'mean': 0.0, 'var': 0.0}"))
    kept = {mistake for _, mistake in explainer._known}
    assert len(kept) == 2  # the last one, and none: the reference
