"""Answers that aim at the grader itself earn nothing there, and cost no other exercise."""

import json
from pathlib import Path

import nbformat
import pytest

from autograder.demo.classroom import answered
from autograder.graders import grader_for
from autograder.layout import Course
from autograder.solutions import functions

LINEAR = Course(Path(__file__).parents[2]).assignment("linear")
RIGHT = {name: function.source for name, function in functions(LINEAR.solutions).items()}

STEERED_FORWARD = """
seen = []


def linear_forward(x, W, b):
    out = x.reshape(len(x), -1) @ W.T + b
    for before, dout in seen:
        if [a.shape for a in before] == [x.shape, W.shape, b.shape] and dout:
            moved = sum((p - q).sum() for p, q in zip((x, W, b), before))
            if 0 < abs(moved) < 1e-3:  # make every central difference 1
                out = np.zeros_like(out)
                out[0, 0] = moved / dout[0][0, 0]
                return out, (x, W, b)
    seen.append(((x.copy(), W.copy(), b.copy()), []))
    x *= 0  # loses a few points, so that the exercise counts as punished
    return out, (x, W, b)
"""
STEERED_BACKWARD = """
def linear_backward(dout, cache):
    seen[-1][1].append(dout)
    return tuple(np.ones(a.shape) for a in cache)
"""
ATTACKS = {
    "an empty array of endless extent": {
        "merge_linear": "def merge_linear(*a):\n"
        "    return np.zeros((0, 5, 2**20, 2**31 - 1), np.int8), np.zeros(1)"
    },
    "an endless extent for a call-back": {
        "numerical_gradient": "def numerical_gradient(f, x, dout, h=1e-5):\n"
        "    return f(np.zeros((2**31 - 1, 2**20, len(x), 0), np.int8))"
    },
    "too much for a call-back": {
        "numerical_gradient": "def numerical_gradient(f, x, dout, h=1e-5):\n"
        "    return f(np.zeros(3_000_000, np.int8))"
    },
    "keywords for a call-back": {
        "numerical_gradient": "def numerical_gradient(f, x, dout, h=1e-5):\n"
        "    try:\n        return f(np.zeros(0), dtype='O', casting='unsafe')\n"
        "    except Exception:\n        return f(x)"
    },
    "shapes that broadcast to terabytes": {
        "merge_linear": "def merge_linear(*a):\n"
        "    return np.ones((1000000, 5), np.int8), np.ones((3000000, 1, 1), np.int8)"
    },
    "complex numbers": {
        "merge_linear": "def merge_linear(W1, b1, W2, b2):\n"
        "    return W2 @ W1 + 0j, W2 @ b1 + b2 + 0j"
    },
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Grade the reference with some functions replaced: points lost, by exercise."""
    release = nbformat.read(LINEAR.release, as_version=4)
    path = tmp_path_factory.mktemp("attacks") / "linear.ipynb"
    grader = grader_for(LINEAR)

    def grade(answers):
        notebook = answered(release, {**RIGHT, **answers})
        path.write_text(json.dumps(notebook), encoding="utf-8")
        report = grader.grade(grader.read(path, "somebody"))
        return {e.id: e.max_score - e.score for e in report.exercises if e.score < e.max_score}

    return grade


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_on_the_grader_costs_its_own_exercise_only(graded, attack):
    lost = graded(ATTACKS[attack])
    assert list(lost) == list(ATTACKS[attack])
    assert min(lost.values()) >= 1.5


def test_a_forward_function_cannot_steer_the_points_of_its_backward_function(graded):
    lost = graded({"linear_forward": STEERED_FORWARD, "linear_backward": STEERED_BACKWARD})
    assert lost["linear_backward"] >= 5


def test_a_trivial_forward_function_earns_its_backward_function_nothing(graded):
    lost = graded(
        {
            "linear_forward": "def linear_forward(x, W, b):\n"
            "    return np.full((len(x), len(W)), x.sum() + W.sum() + b.sum()), (x, W, b)",
            "linear_backward": "def linear_backward(dout, cache):\n"
            "    return tuple(np.full(a.shape, dout.sum()) for a in cache)",
        }
    )
    assert lost["linear_backward"] >= 5
