"""What the statistical checks promise: how often they are wrong, and what they see."""

import re
from pathlib import Path

import numpy as np
import pytest
from scipy import special

from autograder.layout import Course
from autograder.suite import (
    Normal,
    Uniform,
    follows,
    normal_shape,
    proportion,
    second_moment,
    uniform_shape,
)
from autograder.suite import statistics as checks
from autograder.suite.comparison import Mismatch
from autograder.suite.examiner import Examiner
from autograder.suite.players import InProcess
from autograder.suite.plugin import Sitting, reference_of

ROOT = Path(__file__).parents[2]
SAMPLES, SIZE = 2000, 300
BUDGET = 1e-7


@pytest.fixture
def rng():
    return np.random.default_rng(2026)


def normal(rng):
    return rng.normal(0, 0.3, SIZE)


def uniform(rng):
    return rng.uniform(-0.3, 0.3, SIZE)


EXACT = {
    "second moment of normal": lambda r: checks.second_moment_p(normal(r), Normal(0.3)),
    "second moment of uniform": lambda r: checks.second_moment_p(uniform(r), Uniform(0.3)),
    "standardised": lambda r: checks.second_moment_p(checks.standardised(normal(r), r), Normal(1)),
    "within the largest": lambda r: checks.second_moment_p(
        checks.within_largest(uniform(r)), Uniform(1)
    ),
}
BOUNDED = {
    "follows": lambda r: checks.follows_p(normal(r), Normal(0.3).cdf),
    "normal shape": lambda r: checks.follows_p(checks.standardised(normal(r), r), Normal(1).cdf),
    "uniform shape": lambda r: checks.follows_p(checks.within_largest(uniform(r)), Uniform(1).cdf),
    "far ones": lambda r: checks.proportion_p(
        int((np.abs(checks.standardised(normal(r), r)) > checks.FAR).sum()),
        SIZE,
        2 * special.ndtr(-checks.FAR),
    ),
    "proportion": lambda r: checks.proportion_p(int(r.binomial(SIZE, 0.3)), SIZE, 0.3),
}


def shares(p_value, rng):
    """How often p-values of right samples are at most so large, in standard errors."""
    values = np.array([p_value(rng) for _ in range(SAMPLES)])
    for q in (0.01, 0.05, 0.2, 0.5):
        yield ((values <= q).mean() - q) / np.sqrt(q * (1 - q) / SAMPLES)


@pytest.mark.parametrize("p_value", EXACT.values(), ids=EXACT.keys())
def test_exact_laws_are_wrong_as_often_as_they_say(p_value, rng):
    assert all(-4 < excess < 4 for excess in shares(p_value, rng))


@pytest.mark.parametrize("p_value", BOUNDED.values(), ids=BOUNDED.keys())
def test_bounds_are_wrong_at_most_as_often_as_they_say(p_value, rng):
    assert all(excess < 4 for excess in shares(p_value, rng))


def cut_off(draws, bound):
    return draws[np.abs(draws) < bound]


SEEN = {
    "a variance 20 % too large": (
        lambda r: second_moment(r.normal(0, 1.2**0.5, 4096), Normal(1), "W"),
        "W have a root mean square of 1.1",
    ),
    "a variance 20 % too small": (
        lambda r: second_moment(r.normal(0, 0.8**0.5, 4096), Normal(1), "W"),
        "expected 1.",
    ),
    "a bound 5 % too small": (
        lambda r: second_moment(r.uniform(-0.95, 0.95, 4096), Uniform(1), "W"),
        "expected 0.5774",
    ),
    "numbers beyond the bound": (
        lambda r: second_moment(r.uniform(-1.1, 1.1, 4096), Uniform(1), "W"),
        "W reach 1.1, expected at most 1.",
    ),
    "a mean": (
        lambda r: follows(r.normal(0.2, 1, 4096), Normal(1).cdf, "W"),
        "of the entries of W are at most",
    ),
    "one sign": (
        lambda r: follows(r.uniform(0, 1, 4096), Uniform(1).cdf, "W"),
        "0.0% of the entries of W are at most",
    ),
    "rows that repeat": (
        lambda r: follows(np.tile(r.normal(0, 1, 64), 64), Normal(1).cdf, "W"),
        "the 4096 entries of W have only 64 different values",
    ),
    "uniform numbers instead of normal ones": (
        lambda r: normal_shape(r.uniform(-7, 7, 12000), r, "W"),
        "W, standardised,",
    ),
    "a normal law that is cut off": (
        lambda r: normal_shape(cut_off(r.normal(0, 7, 12000), 14), r, "W"),
        "entries of W, standardised, are larger than 2.5",
    ),
    "triangular numbers instead of normal ones": (
        lambda r: normal_shape(r.triangular(-7, 0, 7, 12000), r, "W"),
        "0 of 12000 entries of W, standardised, are larger than 2.5",
    ),
    "the negatives of other draws": (
        lambda r: normal_shape(np.outer([1, -1], r.normal(0, 7, 6000)), r, "W"),
        "have only 6000 different values, apart from their signs.",
    ),
    "normal numbers instead of uniform ones": (
        lambda r: uniform_shape(r.normal(0, 7, 4096), "W"),
        "W, divided by the largest,",
    ),
    "zeros": (lambda r: normal_shape(np.zeros(4096), r, "W"), "only 1 different"),
    "a coin that is not fair": (
        lambda _: proportion(2300, 4096, 0.5, "entries are positive"),
        "2300 of 4096 entries are positive, expected about 2048.",
    ),
    "no success": (lambda _: proportion(0, 40, 0.5, "are positive"), "0 of 40 are positive"),
    "nothing but successes": (lambda _: proportion(40, 40, 0.5, "are"), "40 of 40 are"),
}


@pytest.mark.parametrize(("check", "message"), SEEN.values(), ids=SEEN.keys())
def test_sees(check, message, rng):
    with pytest.raises(Mismatch, match=re.escape(message)):
        check(rng)


def test_right_samples_pass(rng):
    second_moment(rng.normal(0, 0.3, (64, 64)), Normal(0.3))
    second_moment(rng.uniform(-0.3, 0.3, (64, 64)), Uniform(0.3))
    second_moment(np.float32(rng.uniform(-0.3, 0.3, (64, 64))), Uniform(0.3))
    follows(rng.normal(0, 0.3, (64, 64)), Normal(0.3).cdf)
    normal_shape(rng.normal(0, 5, (64, 64)), rng)
    uniform_shape(rng.uniform(-5, 5, (64, 64)))
    proportion(2000, 4096, 0.5, "are positive")
    proportion(0, 40, 0.0, "are positive")
    proportion(40, 40, 1.0, "are positive")


@pytest.mark.parametrize("name", sorted(path.stem for path in ROOT.glob("solutions/[!_]*.py")))
def test_false_alarms_of_a_whole_submission_stay_rare(name, monkeypatch):
    count = []
    monkeypatch.setattr(checks, "_judge", lambda p, finding: count.append(p))
    assignment = Course(ROOT).assignment(name)
    sitting = Sitting(InProcess(reference_of(assignment)), "somebody", "5eed")
    with Examiner(assignment) as examiner:
        assert all(examiner.run(test, sitting).passed for test in examiner.tests)
    assert len(count) * checks.ALPHA <= BUDGET
