"""Hidden tests of adam_step: new weights and running means, with L2 and with decoupled decay."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged

MODES = [False, True]


@pytest.fixture
def cases(rng):
    """Arguments from the middle of a training, but for `decoupled`, and options without defaults.

    eps is not small, the means are kept for a short time, and the decay is strong.
    """

    def draw(shape):
        w, g, m = rng.standard_normal((3, *shape))
        state = (w, g, m, rng.uniform(0.1, 2, shape), int(rng.integers(2, 6)))
        options = {"b1": rng.uniform(0.5, 0.8), "b2": rng.uniform(0.85, 0.95)}
        options["eps"] = rng.uniform(0.1, 0.5)
        numbers = {name: float(value) for name, value in options.items()}
        return state, rng.uniform([0.1, 0.6], [0.4, 1.5]).tolist(), numbers

    return [draw((7,)), draw((4, 3)), draw((2, 3, 5))]


@pytest.fixture
def check(student, reference, cases):
    """Compares one of the three returned arrays with the reference's, in one of the two modes."""

    def compare(index, decoupled):
        for state, (lr, lam), options in cases:
            new_w, new_m, new_v = student.adam_step(*state, lr, lam, decoupled, **options)
            expected = reference.adam_step(*state, lr, lam, decoupled, **options)
            name = ("new_w", "new_m", "new_v")[index]
            agree((new_w, new_m, new_v)[index], expected[index], f"{name}, {decoupled=}")

    return compare


@points(0.75)
def test_coupled(check):
    """makes a step of Adam with L2, where the penalty's gradient is a part of the gradient"""
    check(0, False)


@points(0.75)
def test_decoupled(check):
    """makes a step of AdamW, where the weights decay beside the gradient"""
    check(0, True)


@points(0.4)
def test_m(check):
    """updates the running mean of the gradient"""
    for decoupled in MODES:
        check(1, decoupled)


@points(0.4)
def test_v(check):
    """updates the running mean of the squared gradient"""
    for decoupled in MODES:
        check(2, decoupled)


@points(0.25)
def test_pure_decay(student, rng):
    """only shrinks the weights if AdamW has never seen a gradient"""
    w, (lr, lam) = rng.standard_normal((5, 3)), rng.uniform(0.1, 0.9, 2).tolist()
    zero = np.zeros(w.shape)
    new_w, _, _ = student.adam_step(w, zero, zero, zero, 1, lr, lam, True)
    agree(new_w, (1 - lr * lam) * w, "new_w for a gradient of 0, decoupled=True")
    new_w, _, _ = student.adam_step(w, zero, zero, zero, 1, 1.5, 1.4, True)
    agree(new_w, -1.1 * w, "new_w for a gradient of 0, lr * lam = 2.1, decoupled=True")


@points(0.2)
def test_nothing_kept(student, reference, cases):
    """works for b1 = 0 and for b2 = 0, where nothing of a running mean is kept"""
    for decoupled in MODES:
        for state, (lr, lam), options in cases:
            for zero in ({"b1": 0.0}, {"b2": 0.0}):
                given = options | zero
                answer = student.adam_step(*state, lr, lam, decoupled, **given)
                expected = reference.adam_step(*state, lr, lam, decoupled, **given)
                agree(answer, expected, f"(new_w, new_m, new_v), {decoupled=}, {zero}")


@points(0.25)
def test_training(student, reference, rng):
    """trains for many steps, from running means of zero"""
    w, g = rng.standard_normal((2, 6))
    zero = np.zeros(w.shape)
    for decoupled in MODES:
        mine, right = (w, zero, zero), (w, zero, zero)
        for t in range(1, 9):
            mine = student.adam_step(mine[0], g * mine[0], *mine[1:], t, 0.1, 0.7, decoupled)
            agree(mine, 3 * (w,), "(new_w, new_m, new_v)", tol=np.inf)
            right = reference.adam_step(right[0], g * right[0], *right[1:], t, 0.1, 0.7, decoupled)
        agree(mine[0], right[0], f"new_w of step 8, {decoupled=}")


@points(0.25)
def test_defaults(student, reference, rng):
    """has the usual b1, b2 and eps if they are not given"""
    w, g = rng.standard_normal((2, 6))
    g = 1e-8 * g  # as small as the default eps
    for decoupled in MODES:
        for t in (3, 700):
            arguments = (w, g, 0.3 * g, 0.5 * g**2, t, 0.1, 0.0, decoupled)
            expected = reference.adam_step(*arguments)
            agree(student.adam_step(*arguments), expected, f"(new_w, new_m, new_v) of step {t}")


@points(0.25)
def test_arguments_unchanged(student, cases):
    """leaves w, g, m and v as they were"""
    for decoupled in MODES:
        for state, (lr, lam), options in cases:
            answer = unchanged(student.adam_step, *state, lr, lam, decoupled, **options)
            agree(answer, 3 * (state[0],), "(new_w, new_m, new_v)", tol=np.inf)
            if agrees(answer[0], state[0]):
                fail("new_w is w: no step was made.")
