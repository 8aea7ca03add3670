"""Hidden tests of activation_gain: activations whose second moment is known in closed form."""

import numpy as np
from scipy.special import ndtr

from autograder.suite import agree, points

WITHIN = 1.1e-3


def right(answer, second):
    """Compare the gain with the one for this second moment."""
    agree(answer, float(1 / np.sqrt(second)), tol=WITHIN)


def beyond(c):
    """E[max(z - c, 0)^2] for z ~ N(0, 1)."""
    return (1 + c**2) * ndtr(-c) - c * np.exp(-(c**2) / 2) / np.sqrt(2 * np.pi)


@points(1)
def test_leaky_relu(student, rng):
    """gives the gain of leaky ReLUs"""
    for slope in rng.uniform([0.05, 0.5], [0.3, 0.9]):
        answer = student.activation_gain(lambda z, s=slope: np.where(np.asarray(z) > 0, z, s * z))
        right(answer, (1 + slope**2) / 2)


@points(0.75)
def test_waves(student, rng):
    """gives the gain of smooth activations that turn back"""
    for a in rng.uniform([0.3, 1], [0.6, 2]):
        right(student.activation_gain(lambda z, a=a: np.sin(a * z)), (1 - np.exp(-2 * a**2)) / 2)


@points(1)
def test_mean(student, rng):
    """takes the mean of the activations into account"""
    shift, a = rng.uniform(0.3, 1), rng.uniform(0.5, 1.5)
    right(student.activation_gain(lambda z: np.maximum(z + shift, 0)), beyond(-shift))
    answer = student.activation_gain(lambda z: np.cos(a * np.asarray(z)))
    right(answer, (1 + np.exp(-2 * a**2)) / 2)


@points(0.75)
def test_scale(student, rng):
    """gives small gains for activations that amplify"""
    for scale in rng.uniform([2, 0.2], [5, 0.4]):
        answer = student.activation_gain(lambda z, s=scale: s * np.maximum(z, 0))
        right(answer, scale**2 / 2)


@points(0.5)
def test_tails(student, rng):
    """integrates far enough for activations that are large where z is rare"""
    c = rng.uniform(1.6, 1.9)
    answer = student.activation_gain(lambda z: np.maximum(z - c, 0) - np.maximum(-z - c, 0))
    right(answer, 2 * beyond(c))
