"""An error is punished once, however many exercises stand on the function that has it."""

import json
import math

import nbformat
import pytest

from autograder.build import build
from autograder.grading import Grader
from autograder.sandbox import Limits
from autograder.solutions import functions
from autograder.submission import grade_id
from autograder.suite.forgive import Forgiver

SOLUTIONS = '''
import numpy as np


def centre(x, eps):
    """Centre and scale.

    Returns
    -------
    xhat : ndarray
    cache : tuple
    """
    scale = np.sqrt((x**2).mean(axis=0) + eps)
    return x / scale, (x / scale, scale)


def centre_backward(dout, cache):
    """Its gradient.

    Returns
    -------
    dx : ndarray
    """
    xhat, scale = cache
    return (dout - xhat * (dout * xhat).mean(axis=0)) / scale


def layer_forward(x, gamma, eps):
    """Scale the centred.

    Returns
    -------
    out : ndarray
    cache : tuple
    """
    xhat, cache = centre(x, eps)
    return gamma * xhat, (xhat, gamma, cache)


def layer_backward(dout, cache):
    """Its gradients.

    Returns
    -------
    dx : ndarray
    dgamma : ndarray
    """
    xhat, gamma, inner = cache
    return centre_backward(dout * gamma, inner), (dout * xhat).sum(axis=0)


def lengths(x):
    """The length of every row."""
    return np.sqrt((x**2).sum(axis=1))


def unit(x):
    """Divide every row by its length."""
    return x / lengths(x)[:, None]


def far(x):
    """How much longer than 1.5 every row is."""
    return lengths(x) - 1.5


def every_forward(x, step):
    """Take every step-th row.

    Returns
    -------
    out : ndarray
    cache : tuple
    """
    return x[::step].copy(), (x.shape, step)


def every_backward(dout, cache):
    """Its gradient.

    Returns
    -------
    dx : ndarray
    """
    dx = np.zeros(cache[0])
    dx[:: cache[1]] = dout
    return dx
'''
FORWARD = '''
"""Hidden."""
from autograder.suite import agree, points


@points(1)
def test_shape(student, rng):
    """has the shape of x"""
    x = rng.standard_normal((5, 3))
    agree(student.{name}(x, {arguments})[0].shape, (5, 3), "shape")


@points(1)
def test_out(student, reference, rng):
    """is right"""
    x = rng.standard_normal((5, 3))
    out, _ = student.{name}(x, {arguments})
    agree(out, reference.{name}(x, {arguments})[0], "out")
'''
BACKWARD = '''
"""Hidden."""
import numpy as np
from autograder.suite import agree, points


@points(2)
def test_gradient(student, reference, rng):
    """is right"""
    x, dout = rng.standard_normal((5, 3)), rng.standard_normal((5, 3))
    _, cache = student.{name}_forward(x, {arguments})
    right = reference.{name}_backward(dout, reference.{name}_forward(x, {arguments})[1])
    agree(student.{name}_backward(dout, cache), right, "gradient")


@points(1)
def test_again(student, reference, rng):
    """is right a second time"""
    x, dout = rng.standard_normal((5, 3)), rng.standard_normal((5, 3))
    _, cache = student.{name}_forward(x, {arguments})
    right = reference.{name}_backward(dout, reference.{name}_forward(x, {arguments})[1])
    student.{name}_backward(-dout, cache)
    agree(student.{name}_backward(dout, cache), right, "gradient")
'''
PLAIN = '''
"""Hidden."""
from autograder.suite import agree, points


@points(1)
def test_values(student, reference, rng):
    """is right"""
    x = rng.standard_normal((6, 3))
    agree(student.{name}(x), reference.{name}(x), "answer")
'''
MARK = """
import pytest

pytestmark = pytest.mark.on_call("lengths")
"""
EVERY = '''
"""Hidden."""
import numpy as np
from autograder.suite import agree, points


@points(1)
def test_one(student, rng):
    """takes all"""
    x = rng.standard_normal((6, 3))
    agree(student.every_forward(x, 1)[0], x, "out")


@points(1)
def test_values(student, rng):
    """is right"""
    x = rng.standard_normal((6, 3))
    agree(student.every_forward(x, 2)[0], x[::2], "out")
'''
EVERY_BACK = '''
"""Hidden."""
import numpy as np
from autograder.suite import agree, points


@points(1)
def test_gradient(student, reference, rng):
    """is right"""
    for step, rows in ((2, 3), (3, 2)):
        x, dout = rng.standard_normal((6, 3)), rng.standard_normal((rows, 3))
        right = reference.every_backward(dout, reference.every_forward(x, step)[1])
        agree(student.every_backward(dout, student.every_forward(x, step)[1]), right, "dx")
'''
NAMES = (
    "centre", "centre_backward", "layer_forward", "layer_backward",
    "lengths", "unit", "far", "every_forward", "every_backward",
)  # fmt: skip
TEXT = "# Toy\n" + "".join(
    f"\n```{{code-cell}}\n:exercise: {name}\n```\n\n```{{code-cell}}\n:check: {name}\n1 + 1\n```\n"
    for name in NAMES
)
GAMMA = "np.arange(1.0, 4.0), 0.3"
SUITES = {
    "centre": FORWARD.format(name="centre", arguments="0.3"),
    "layer_forward": "import numpy as np\n" + FORWARD.format(name="layer_forward", arguments=GAMMA),
    "centre_backward": BACKWARD.format(name="centre", arguments="0.3").replace("_forward", ""),
    "layer_backward": BACKWARD.format(name="layer", arguments=GAMMA),
    "lengths": PLAIN.format(name="lengths"),
    "unit": PLAIN.format(name="unit"),
    "far": MARK + PLAIN.format(name="far").strip(),
    "every_forward": EVERY,
    "every_backward": EVERY_BACK,
}
OUTSIDE = """
def centre(x, eps):
    rms = np.sqrt((x**2).mean(axis=0))
    return x / (rms + eps), {"x": x, "rms": rms, "eps": eps}


def centre_backward(dout, cache):
    x, rms, eps = cache["x"], cache["rms"], cache["eps"]
    return dout / (rms + eps) - x * (dout * x).mean(axis=0) / (rms * (rms + eps) ** 2)
"""
HALF = """
def centre_backward(dout, cache):
    xhat, scale = cache
    return dout / scale
"""

ZEROS = "\ndef centre_backward(dout, cache):\n    return dout * 0\n"
SQUARED = """
def centre(x, eps):
    scale = (x**2).mean(axis=0) + eps
    return x / scale, (x / scale, scale)
"""
MISTAKES = f"""
[[centre]]
name = "no root"
code = '''{SQUARED}'''
hint = "Is the scale a variance?"

[[centre]]
name = "twice x, no cache"
code = '''
def centre(x, eps):
    return 2 * x, None
'''
hint = "What will the gradient need?"

[[centre_backward]]
name = "mean and scale held fixed"
code = '''{HALF}'''
hint = "Does the scale depend on x?"
"""
RIGHT = dict.fromkeys(NAMES, "passed")


@pytest.fixture(scope="module")
def statuses(tmp_path_factory, write_course, launch):
    """Grade the reference with some functions replaced: exercise, status of its last test."""
    folder = tmp_path_factory.mktemp("course")
    assignment = write_course(folder, SOLUTIONS, SUITES, MISTAKES, TEXT)
    build(assignment)
    template = nbformat.read(assignment.release, as_version=4)
    right = {name: f.source for name, f in functions(assignment.solutions).items()}

    def grade(text):
        parts = ["def " + part for part in text.split("\ndef ")[1:]]
        own = {part[4 : part.index("(")]: part for part in parts}
        for cell in template.cells:
            name = grade_id(cell)
            if name in right:
                cell.source = "import numpy as np\n" + {**right, **own}[name]
        path = folder / "toy.ipynb"
        path.write_text(json.dumps(template))
        report = grader.grade(grader.read(path, "somebody"))
        return {e.id: e.tests[-1].status for e in report.exercises}

    with Grader(assignment, launch, Limits()) as grader:
        yield grade


def test_a_wrong_helper_costs_nothing_where_all_is_right_on_top_of_it(statuses):
    assert statuses(OUTSIDE) == RIGHT | {
        "centre": "failed",
        "centre_backward": "follow-on",
        "layer_forward": "follow-on",
        "layer_backward": "follow-on",
    }


def test_a_wrong_gradient_costs_nothing_in_the_gradients_that_call_it(statuses):
    found = statuses(HALF)
    assert found == RIGHT | {"centre_backward": "failed", "layer_backward": "follow-on"}


OF_THE_RIGHT_FORWARD = """
def centre_backward(dout, cache):
    xhat, scale = cache
    return dout / scale - xhat * (dout * xhat).mean(axis=0) / scale
"""


def test_what_raises_like_a_known_mistake_is_not_right_on_top_of_it(statuses):
    own = "\ndef centre(x, eps):\n    return 2 * x, None\n"
    found = statuses(own + OF_THE_RIGHT_FORWARD)
    assert (found["centre"], found["centre_backward"]) == ("failed", "error")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (OF_THE_RIGHT_FORWARD, "follow-on"),  # not the gradient of x / variance, and yet no mistake
        (HALF, "failed"),
        (ZEROS, "failed"),
        (OF_THE_RIGHT_FORWARD.replace("- xhat", "+ xhat"), "failed"),
    ],
)
def test_a_known_mistake_costs_nothing_in_the_gradient_of_what_was_meant(statuses, body, status):
    found = statuses(SQUARED + body)
    assert (found["centre"], found["centre_backward"]) == ("failed", status)


def test_a_gradient_that_spoils_its_cache_is_wrong_also_for_a_wrong_forward_function(statuses):
    spoiling = OUTSIDE.replace(
        "    return dout / (rms", "    cache['x'] = x + 1\n    return dout / (rms"
    )
    assert spoiling != OUTSIDE
    assert statuses(spoiling)["centre_backward"] == "failed"


def test_what_it_takes_to_find_out_is_missing_for_no_later_exercise(statuses, monkeypatch):
    def takes_all_time(_self, _test, _outcome, sitting, _names):
        sitting.player._budget._spent = math.inf
        return False

    monkeypatch.setattr(Forgiver, "is_follow_on", takes_all_time)
    found = statuses(OUTSIDE)
    assert found["centre_backward"] == "failed"
    assert {found[name] for name in NAMES[NAMES.index("lengths") :]} == {"passed"}


def test_nothing_can_stand_on_a_function_without_worth(statuses):
    own = "\ndef layer_backward(dout, cache):\n    return dout * 0, (dout * cache[0]).sum(axis=0)\n"
    assert statuses(ZEROS + own)["layer_backward"] == "failed"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("raise NotImplementedError", "missing"),
        ("raise IndexError", "error"),
        ("return x", "failed"),
    ],
)
def test_a_function_is_judged_with_right_helpers_where_its_own_are_of_no_use(
    statuses, body, status
):
    found = statuses(f"\ndef lengths(x):\n    {body}\n")
    assert found == RIGHT | {"lengths": status, "unit": "follow-on", "far": "follow-on"}


@pytest.mark.parametrize(
    ("body", "status"),
    [("lengths(2 * x) / 2 - 1.5", "follow-on"), ("lengths(2 * x) - 1.5", "failed")],
)
def test_a_helper_on_call_can_be_asked_what_the_reference_does_not_ask(statuses, body, status):
    own = f"\ndef far(x):\n    return {body}\n"
    found = statuses("\ndef lengths(x):\n    return 2 * np.abs(x).sum(axis=1)\n" + own)
    assert found == RIGHT | {"lengths": "failed", "unit": "follow-on", "far": status}


@pytest.mark.parametrize(
    "body",
    [
        "return x * lengths(x)[:, None]",  # wrong whatever its helper says
        "return x / lengths(2 * x)[:, None] * 2",  # asks the helper what the reference does not
        "return lengths(x)",
        "raise ValueError",
    ],
)
def test_a_right_helper_makes_nothing_right_that_is_wrong(statuses, body):
    found = statuses(f"\ndef lengths(x):\n    raise IndexError\n\ndef unit(x):\n    {body}\n")
    assert found["unit"] != "passed"
    assert found["unit"] != "follow-on"


OWN_CACHE = """
def centre(x, eps):
    scale = np.sqrt((x**2).mean(axis=0) + eps)
    return x / scale, {"x": x, "scale": scale}
"""


@pytest.mark.parametrize("centre", ["", OWN_CACHE])
@pytest.mark.parametrize(("body", "status"), [("raise IndexError", "error"), ("return", "failed")])
def test_a_gradient_is_judged_with_a_right_helper_whatever_is_in_the_cache(
    statuses, centre, body, status
):
    found = statuses(f"{centre}\ndef centre_backward(dout, cache):\n    {body}\n")
    assert found == RIGHT | {"centre_backward": status, "layer_backward": "follow-on"}


def test_a_function_without_a_cache_costs_those_that_only_hand_it_on_nothing(statuses):
    assert statuses("\ndef centre(x, eps):\n    raise IndexError\n") == RIGHT | {
        "centre": "error",
        "centre_backward": "error",
        "layer_forward": "follow-on",
        "layer_backward": "follow-on",
    }


def test_a_cache_on_record_can_not_be_read(statuses):
    own = """
def layer_backward(dout, cache):
    xhat, gamma, (inner, scale) = cache
    return centre_backward(dout * gamma, (inner, scale)), (dout * xhat).sum(axis=0)
"""
    found = statuses("\ndef centre_backward(dout, cache):\n    raise IndexError\n" + own)
    assert found == RIGHT | {"centre_backward": "error", "layer_backward": "error"}


STEP_IGNORED = "\ndef every_forward(x, step):\n    return x.copy(), (x.shape, 1)\n"


def test_a_gradient_is_judged_in_the_shape_of_its_own_forward_function(statuses):
    found = statuses(STEP_IGNORED)
    assert found == RIGHT | {"every_forward": "failed", "every_backward": "follow-on"}


@pytest.mark.parametrize("body", ["return 2 * dout", "return 0 * dout", "return dout[::2]"])
def test_a_wrong_gradient_is_wrong_in_any_shape(statuses, body):
    found = statuses(STEP_IGNORED + f"\ndef every_backward(dout, cache):\n    {body}\n")
    assert found["every_backward"] in ("failed", "error")
