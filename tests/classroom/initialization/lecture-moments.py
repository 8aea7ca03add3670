"""Believes the lecture: the moments of abs(z) for ReLU, and a variance that halves."""

import math


def relu_moments(sigma):
    mean = sigma * math.sqrt(2 / math.pi)
    return {"mean": mean, "var": sigma**2 * (1 - 2 / math.pi), "second": sigma**2 / 2}


def he_normal(shape, rng):
    fan_in = math.prod(shape[1:])
    return rng.standard_normal(shape) * math.sqrt(1 / 0.3408 / fan_in)


def depth_second_moment(depth, fan_in, var_w, q0=1.0):
    return q0 * (0.3408 * fan_in * var_w) ** depth
