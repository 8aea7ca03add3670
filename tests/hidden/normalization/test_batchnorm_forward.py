"""Hidden tests of batchnorm_forward: training, running statistics and evaluation, each alone."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, entry, fail, points, unchanged

ROUGH = 1e-4  # eps has tests of its own
ROWS, IMAGES = (6, 4), (3, 5, 2, 4)


def some_state(rng, count):
    """Running statistics as they are after a while."""
    return {"mean": 2 * rng.standard_normal(count), "var": rng.uniform(0.5, 4, count)}


@pytest.fixture
def plain(student, reference, draw, rng):
    """Compares out with the reference's, for gamma = 1 and beta = 0."""

    def check(shape, train, tol, scale=1.0, **config):
        x, state = scale * draw(shape, shape[1])[0], some_state(rng, shape[1])
        args = x, np.ones(shape[1]), np.zeros(shape[1]), state, train
        out, _, _ = student.batchnorm_forward(*args, **config)
        agree(out, reference.batchnorm_forward(*args, **config)[0], "out", tol=tol)

    return check


@pytest.fixture
def running(student, reference, draw, rng):
    """Compares one of the running statistics after training with the reference's."""

    def check(key, shape, eps, *momentum):
        config = {"eps": eps, **dict(zip(["momentum"], momentum, strict=False))}
        args = *draw(shape, shape[1]), some_state(rng, shape[1]), True
        _, _, new_state = student.batchnorm_forward(*args, **config)
        expected = reference.batchnorm_forward(*args, **config)[2]
        agree(entry(new_state, key), expected[key], f'new_state["{key}"]')

    return check


@points(1)
def test_train_rows(plain):
    """normalises every column by the batch in training (gamma = 1, beta = 0, eps = 0)"""
    plain(ROWS, True, ROUGH, eps=0.0)
    plain((5, 7), True, ROUGH, eps=0.0)


@points(1)
def test_train_images(plain):
    """normalises every channel of images by the batch in training (gamma = 1, beta = 0, eps = 0)"""
    plain(IMAGES, True, ROUGH, eps=0.0)
    plain((2, 3, 5, 4), True, ROUGH, eps=0.0)


@points(0.75)
def test_affine(student, check_affine, rng):
    """scales by gamma and shifts by beta, feature by feature, in training"""
    check_affine(student.batchnorm_forward, ROWS, 4, some_state(rng, 4), True)
    check_affine(student.batchnorm_forward, IMAGES, 5, some_state(rng, 5), True)


@points(0.5)
def test_eps(plain):
    """adds eps to the variance inside the square root in training, the given eps or the default"""
    plain(ROWS, True, 1e-6, eps=0.4)
    plain(IMAGES, True, 1e-6, eps=0.2)
    plain(ROWS, True, 1e-6, scale=1e-3)


@points(0.75)
def test_running_mean(running, rng):
    """moves the running mean towards that of the batch, by the given momentum"""
    running("mean", ROWS, 1e-5, rng.uniform(0.2, 0.4))
    running("mean", (5, 3), 1e-5, rng.uniform(0.6, 0.9))


@points(0.75)
def test_running_var(running, rng):
    """moves the running variance towards the unbiased one of the batch, without eps"""
    running("var", ROWS, 0.3, rng.uniform(0.2, 0.4))
    running("var", (5, 3), 0.3, rng.uniform(0.6, 0.9))
    running("var", (6, 1), 0.3, rng.uniform(0.2, 0.4))


@points(0.5)
def test_running_images(running):
    """keeps one running mean and variance per channel of images; the default momentum is 0.1"""
    for shape in (IMAGES, (2, 1, 3, 4)):
        running("mean", shape, 1e-5)
        running("var", shape, 1e-5)


@points(0.75)
def test_eval_rows(plain):
    """normalises by the state in evaluation (gamma = 1, beta = 0, eps = 0)"""
    plain(ROWS, False, ROUGH, eps=0.0)
    plain((1, 5), False, ROUGH, eps=0.0)


@points(0.5)
def test_eval_images(plain):
    """normalises channels of images by the state in evaluation (gamma = 1, beta = 0, eps = 0)"""
    plain(IMAGES, False, ROUGH, eps=0.0)
    plain((1, 4, 2, 3), False, ROUGH, eps=0.0)


@points(0.5)
def test_eval_affine_and_eps(student, draw, rng):
    """uses gamma, beta and eps in evaluation as in training"""
    for shape, wide in [(ROWS, (4,)), (IMAGES, (5, 1, 1))]:
        x, gamma, beta = draw(shape, shape[1])
        neutral = {"mean": np.zeros(shape[1]), "var": rng.uniform(0.5, 1, shape[1])}
        out, _, _ = student.batchnorm_forward(x, gamma, beta, neutral, False, eps=0.3)
        scale = gamma / np.sqrt(neutral["var"] + 0.3)
        agree(out, scale.reshape(wide) * x + beta.reshape(wide), "out")


@points(0.25)
def test_eval_state(student, draw, rng):
    """gives the state back with its values unchanged in evaluation (but not in training)"""
    for shape in (ROWS, IMAGES):
        args, state = draw(shape, shape[1]), some_state(rng, shape[1])
        new_state = student.batchnorm_forward(*args, state, False)[2]
        agree(new_state, state, "new_state")
        if agrees(student.batchnorm_forward(*args, state, True)[2], state):
            fail("new_state has the values of state in training, too.")


@points(0.25)
def test_eval_batch_mates(student, check_mates, rng):
    """treats an example in evaluation as if it were alone"""
    check_mates(student.batchnorm_forward, ROWS, 4, some_state(rng, 4), False)
    check_mates(student.batchnorm_forward, IMAGES, 5, some_state(rng, 5), False)


@points(0.5)
def test_arguments_unchanged(student, draw, balanced, rng):
    """leaves x, gamma, beta and the state as they were"""
    for shape in (ROWS, IMAGES):
        for train in (True, False):
            args = *draw(shape, shape[1]), some_state(rng, shape[1]), train
            unchanged(student.batchnorm_forward, *args, may_raise=True)
    # Already normalised, like the state: mistakes that lose other points hardly show here.
    x, state = balanced(4, 6).T, {"mean": np.zeros(4), "var": np.ones(4)}
    out = student.batchnorm_forward(x, np.ones(4), np.zeros(4), state, True)[0]
    agree(out, x, "out", tol=np.inf)
    agree(np.sign(out), x, "the signs of out")
