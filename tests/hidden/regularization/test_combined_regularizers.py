"""Hidden tests of combined_regularizers: every claim against all masks, or against a real step."""

import itertools

import numpy as np
import pytest

from autograder.suite import agree, entry, points


@pytest.fixture
def claims(student, reference, student_id):
    """The student's claims, with their numbers."""
    numbers = reference.combined_regularizers_numbers(student_id)
    return student.combined_regularizers(numbers), numbers


def penalty_of_dropout(x, *keeps):
    """What averaging over all masks of all layers of dropout adds to the loss, times 2 / w_j^2."""
    masks = np.array(list(itertools.product([0, 1], repeat=x.shape[1] * len(keeps))))
    masks = masks.reshape(len(masks), len(keeps), x.shape[1])
    keep = np.array(keeps)[:, None]
    chance = np.where(masks == 1, keep, 1 - keep).prod(axis=(1, 2))
    dropped = x[:, None] * (masks / keep).prod(axis=1)  # (example, mask, feature)
    # For w = e_j and y = 0 the loss is the mean of x_j^2 / 2.
    return (chance @ (dropped**2) - x**2).mean(axis=0)


@points(2)
def test_lambda_eff(claims):
    """knows the strength of the penalty on every weight"""
    mine, numbers = claims
    answer = entry(mine, "lambda_eff")
    answer = list(answer) if isinstance(answer, np.ndarray) and answer.ndim == 1 else answer
    dropout = penalty_of_dropout(np.array(numbers["x"]), numbers["keep"])
    agree(answer, [1.0] * len(dropout), '"lambda_eff"', tol=np.inf)
    for j, extra in enumerate(dropout):
        agree(answer[j], float(numbers["lam"] + extra), f'"lambda_eff"[{j}]', tol=0.01)


@points(1)
def test_lr_eff(claims):
    """knows the learning rate that a direction feels after weight decay"""
    mine, numbers = claims
    # A loss of the direction alone: -cos of the angle to a target. Its gradient turns w.
    target = np.array([0.6, 0.8])
    w = numbers["norm"] * np.array([1.0, 0.0])
    for _ in range(numbers["decay_steps"]):
        w = w * (1 - numbers["lr"] * numbers["decay"])
    after = w - numbers["lr"] * gradient(w, target)
    unit = w / np.linalg.norm(w)
    along = -gradient(unit, target)
    # after is a multiple of unit + lr_eff * along, and unit and along are orthogonal.
    right = (after @ along) / (along @ along) / (after @ unit)
    agree(entry(mine, "lr_eff"), float(right), '"lr_eff"', tol=0.01)


def gradient(w, target):
    """The gradient of -cos(w, target) with respect to w, for a target of length 1."""
    length = np.linalg.norm(w)
    unit = w / length
    return -(target - (target @ unit) * unit) / length


@points(1)
def test_adds_up(claims):
    """knows whether the two regularisers of the pair add up"""
    mine, numbers = claims
    x, keep, other = np.array(numbers["x"]), numbers["keep"], 0.75
    together = penalty_of_dropout(x, keep, other)
    apart = penalty_of_dropout(x, keep) + penalty_of_dropout(x, other)
    adds_up = numbers["pair"] == "L2 and dropout" or bool(np.allclose(together, apart))
    agree(entry(mine, "adds_up"), adds_up, '"adds_up"')
