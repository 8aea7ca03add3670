"""Hidden tests of bias_variance: both parts, and that they add up."""

import numpy as np
import pytest

from autograder.suite import agree, entry, points, unchanged


@pytest.fixture
def cases(rng):
    """Predictions with biases of both signs, and a spread that differs from point to point."""

    def draw(models, count):
        truth = rng.standard_normal(count)
        bias = rng.uniform(0.5, 1.5, count) * np.resize([1, -1], count)
        spread = rng.uniform(0.3, 2, count)
        return truth + bias + spread * rng.standard_normal((models, count)), truth

    return [draw(5, 8), draw(9, 4), draw(3, 1)]


@points(1)
def test_bias2(student, cases):
    """gives the squared bias, averaged over the points"""
    for preds, truth in cases:
        average = sum(preds) / len(preds)
        expected = float(np.mean([(a - t) ** 2 for a, t in zip(average, truth, strict=True)]))
        agree(entry(student.bias_variance(preds, truth), "bias2"), expected, '"bias2"')


@points(1)
def test_variance(student, cases):
    """gives the variance over the models, averaged over the points"""
    for preds, truth in cases:
        # Half of the mean squared difference of two models, drawn independently.
        expected = float(((preds[:, None] - preds[None]) ** 2).mean() / 2)
        agree(entry(student.bias_variance(preds, truth), "variance"), expected, '"variance"')


@points(0.5)
def test_sum(student, cases):
    """splits the mean squared error exactly"""
    for preds, truth in cases:
        parts = student.bias_variance(preds, truth)
        both = [entry(parts, "bias2"), entry(parts, "variance")]
        agree(both, [1.0, 1.0], '["bias2", "variance"]', tol=np.inf)
        agree(float(both[0] + both[1]), float(((preds - truth) ** 2).mean()), "the sum of the two")


@points(0.25)
def test_one_model(student, rng):
    """finds no variance in a single model, and no bias in models that are right on average"""
    truth = rng.integers(-8, 9, 5) / 4
    alone = student.bias_variance(truth[None] + 0.5, truth)
    agree(entry(alone, "bias2"), 0.25, '"bias2" of a single model')
    agree(entry(alone, "variance"), 0.0, '"variance" of a single model')
    around = student.bias_variance(np.array([truth + 2, truth - 2]), truth)
    agree(entry(around, "bias2"), 0.0, '"bias2" of models that are right on average')
    agree(entry(around, "variance"), 4.0, '"variance" of two models')


@points(0.25)
def test_arguments_unchanged(student, cases):
    """leaves preds and truth as they were"""
    for preds, truth in cases:
        parts = unchanged(student.bias_variance, preds, truth)
        agree(entry(parts, "bias2"), 1.0, '"bias2"', tol=np.inf)
