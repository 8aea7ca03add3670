"""Everything right, and written differently from the reference: loops, einsum, other names."""

import math

import numpy as np


def shares_of(phi):
    z = np.arange(-12, 12, 0.001) + 0.0005
    density = np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
    return float(np.sum(density * np.square(phi(z))) * 0.001)


def fans(shape):
    outputs, inputs, *kernel = shape
    area = math.prod(kernel)
    return [inputs * area, outputs * area]


def relu_moments(sigma):
    mean = sigma * math.sqrt(0.5 / math.pi)
    var = sigma * sigma * (0.5 - 0.5 / math.pi)
    return {"second": var + mean * mean, "var": var, "mean": mean}


def preactivation_variance(second_moment, fan_in, var_w):
    return np.float64(second_moment) * var_w * fan_in


def xavier_normal(shape, rng, gain=1.0):
    return rng.normal(0.0, gain / math.sqrt(sum(fans(shape)) / 2), size=shape)


def xavier_uniform(shape, rng, gain=1.0):
    bound = gain * math.sqrt(3 / (sum(fans(shape)) / 2))
    return bound * (2 * rng.random(shape) - 1)


def he_normal(shape, rng):
    weights = np.empty(shape)
    for output in range(shape[0]):
        weights[output] = rng.normal(0, (2 / math.prod(shape[1:])) ** 0.5, shape[1:])
    return weights


def he_uniform(shape, rng):
    std = (2 / math.prod(shape[1:])) ** 0.5
    return rng.uniform(-std, std, tuple(shape)) * math.sqrt(3)


def lecun_normal(shape, rng):
    return he_normal(shape, rng) / math.sqrt(2)


def lecun_uniform(shape, rng):
    return he_uniform(shape, rng) / math.sqrt(2)


def activation_gain(phi):
    return shares_of(phi) ** -0.5


def depth_second_moment(depth, fan_in, var_w, q0=1.0):
    moment = q0
    for _ in range(depth):
        moment = preactivation_variance(moment, fan_in, var_w) / 2
    return moment


def orthogonal(shape, rng, gain=1.0):
    rows, cols = shape
    left, _, right = np.linalg.svd(rng.standard_normal((rows, cols)), full_matrices=False)
    return gain * left @ right


def lsuv(weights, x, phi, rng, tol=1e-3, max_iter=10):
    received, fresh = x, []
    for given in weights:
        start = orthogonal(np.shape(given), rng)
        fresh.append(start / np.std(received @ start.T))
        received = phi(received @ fresh[-1].T)
    return fresh


def autoencoder_step(x, We, be, Wd, bd):
    codes = np.tanh(np.einsum("nd,kd->nk", x, We) + be)
    error = np.einsum("nk,dk->nd", codes, Wd) + bd - x
    back = error * (2 / error.size)
    inner = np.einsum("nd,dk,nk->nk", back, Wd, 1 - codes**2)
    gradients = [
        np.einsum("nk,nd->kd", inner, x),
        inner.sum(0),
        np.einsum("nd,nk->dk", back, codes),
        back.sum(0),
    ]
    return np.mean(error**2), gradients


def pretrain(x, widths, steps, lr, rng):
    pairs, received = [], x
    for width in widths:
        start = xavier_normal((width, received.shape[1]), rng)
        params = [start, np.zeros(len(start)), start.T, np.zeros(start.shape[1])]
        for _ in range(steps):
            gradients = autoencoder_step(received, *params)[1]
            params = [p - lr * g for p, g in zip(params, gradients, strict=True)]
        pairs.append([params[0], params[1]])
        received = np.tanh(received @ params[0].T + params[1])
    return pairs


def depth_and_variance(numbers):
    activation = {
        "relu": lambda z: np.where(z > 0, z, 0),
        "gelu": lambda z: z * np.array([0.5 * math.erfc(-t / math.sqrt(2)) for t in z]),
        "silu": lambda z: z / (1 + np.exp(-np.clip(z, -700, 700))),
    }[numbers["activation"]]

    def onward(q):
        seen = shares_of(lambda z: activation(math.sqrt(q) * z))
        return preactivation_variance(seen, numbers["width"], numbers["var_w"])

    moments = [1.0]
    while len(moments) <= numbers["depth"] or 1e-6 <= moments[-1] <= 1e6:
        moments.append(onward(moments[-1]))
    outside = [layer for layer, q in enumerate(moments) if q < 1e-6 or q > 1e6]
    slope = shares_of(lambda z: (activation(z + 1e-4) - activation(z - 1e-4)) / 2e-4)
    return {
        "bwd_var_w": 1 / slope / numbers["n_out"],
        "var_w_stable": 1 / shares_of(activation) / numbers["n_in"],
        "depth_to_1e6": outside[0],
        "q_L": moments[numbers["depth"]],
    }
