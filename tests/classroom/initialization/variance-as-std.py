"""Passes the variance where NumPy wants the standard deviation."""

import math


def xavier_normal(shape, rng, gain=1.0):
    both = (shape[0] + shape[1]) * math.prod(shape[2:])
    return rng.normal(0, gain * 2 / both, shape)


def he_normal(shape, rng):
    return rng.normal(0, 2 / math.prod(shape[1:]), shape)


def lecun_normal(shape, rng):
    return rng.normal(0, 1 / math.prod(shape[1:]), shape)
