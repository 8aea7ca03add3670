"""Hidden tests of decide: histories of every kind, in which a part of them would mislead."""

import itertools

import numpy as np
import pytest

from autograder.suite import fail, points, unchanged

MANY = 12
SMALL, LARGE = (0.2, 0.7), (1.3, 3.0)
"""Below and above a threshold, as multiples of it."""


@pytest.fixture
def history(rng):
    """Draws the arguments of decide: T and V - T in multiples of hi, the gradients as wanted."""
    kinds, places = itertools.cycle([0, 0, 0, 1, 1, 1, 2]), itertools.cycle(range(3))

    def level(mean, early):
        """Values whose last three have this mean, though the last one may not look like it."""
        bend = rng.permuted([1.0, 0.4, -1.4]) * mean * rng.uniform(0.3, 0.6)
        return [*early, *(mean + bend)]

    def drawn(fitted, gap, rest):
        lo, hi = rng.uniform(0.01, 0.1), rng.uniform(0.2, 0.6)
        length = int(rng.integers(0, 6))
        T = hi * rng.uniform(*fitted)
        V = T + hi * rng.uniform(*gap)
        train, val = (level(mean, hi * rng.uniform(0.1, 4, length)) for mean in (T, V))
        norms = [*lo * rng.uniform(0.1, 5, length), *lo * rng.uniform(0.1, 0.6, 3)]
        if not rest:
            # One of the three is enough, also where their mean is small.
            kind, place = next(kinds), next(places)
            above = lo * rng.uniform(*((1.1, 1.4), (2, 9), (1.1, 9))[kind], 3)
            norms[-3:] = above if kind == 2 else np.roll([above[0], *norms[-2:]], place)
        return as_floats(norms), as_floats(train), as_floats(val), float(lo), float(hi)

    return drawn


def as_floats(values):
    return [float(value) for value in values]


@pytest.fixture
def check(student, history):
    """Checks the decision on many histories of one kind."""

    def decided(expected, *kinds, cases=()):
        cases = [*cases, *(history(*kind) for kind in kinds for _ in range(MANY))]
        answers = [student.decide(*case) for case in cases]
        for case, answer in zip(cases, answers, strict=True):
            if answer != expected:
                fail(f"answers {word(answer)}, expected “{expected}”, for {shown(*case)}.")

    return decided


@pytest.fixture
def exactly(rng):
    """Draws arguments like `history`, of powers of two, whose means are exact in any order."""

    def drawn(fitted, gap, rest):
        lo, hi = (float(2.0 ** -rng.integers(1, 5)) for _ in range(2))
        return 3 * [lo * rest], 3 * [hi * fitted], 3 * [hi * (fitted + gap)], lo, hi

    return drawn


def word(answer):
    known = isinstance(answer, str) and answer in ("grow", "shrink", "keep")
    return f"“{answer}”" if known else "something else"


def shown(norms, train, val, lo, hi):
    """What decides, as students may read it."""
    T, V = sum(train[-3:]) / 3, sum(val[-3:]) / 3
    last = ", ".join(f"{norm / lo:.2g} lo" for norm in norms[-3:])
    return f"T = {T / hi:.2g} hi, V - T = {(V - T) / hi:.2g} hi, the last gradient norms {last}"


@points(0.5)
def test_grows(check):
    """lets a network grow that underfits at rest"""
    check("grow", (LARGE, SMALL, True), (LARGE, (-1.25, -1.05), True))


@points(0.25)
def test_shrinks(check):
    """lets a network shrink that overfits, at rest or not"""
    check("shrink", (SMALL, LARGE, True), (SMALL, LARGE, False))


@points(0.25)
def test_not_at_rest(check, exactly):
    """keeps a network that underfits while training is not at rest, if only just"""
    check("keep", (LARGE, SMALL, False), cases=[exactly(2, 0.5, 1)])


@points(0.25)
def test_content(check, exactly):
    """keeps a network that neither underfits nor overfits, if only just, at rest or not"""
    just = [exactly(1, 0.5, 0.5), exactly(0.5, 1, 0.5)]
    check("keep", (SMALL, SMALL, True), (SMALL, SMALL, False), cases=just)


@points(0.25)
def test_contradiction(check):
    """keeps a network that both underfits and overfits"""
    check("keep", (LARGE, LARGE, True), (LARGE, LARGE, False))


@points(0.25)
def test_short(student, history):
    """decides nothing before the third epoch"""
    for count in (0, 1, 2):
        for fitted, gap in ((LARGE, SMALL), (SMALL, LARGE)):
            norms, train, val, lo, hi = history(fitted, gap, True)
            last = [values[len(values) - count :] for values in (norms, train, val)]
            if student.decide(*last, lo, hi) != "keep":
                fail(f"does not answer “keep” after {count} epochs.")


@points(0.25)
def test_arguments_unchanged(student, history):
    """takes lists and arrays alike, and leaves them as they were"""
    words = set()
    for fitted, gap in ((LARGE, SMALL), (SMALL, LARGE), (SMALL, SMALL)):
        *histories, lo, hi = history(fitted, gap, True)
        lists, arrays = (
            word(unchanged(student.decide, *map(kind, histories), lo, hi))
            for kind in (list, np.array)
        )
        if lists != arrays:
            fail(f"answers {lists} for lists, and {arrays} for arrays.")
        words.add(lists)
    if len(words) == 1:
        fail(f"answers {words.pop()} whatever the histories are.")
