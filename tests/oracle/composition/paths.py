"""Jacobians of residual blocks and of chains of them, binomial shares, sizes of convolutions."""

import numpy as np

BLOCKS = 4


def cases(rng):
    for _ in range(24):
        n, k0, k, L = (int(size) for size in rng.integers(2, 5, 4))
        weights = {f"W{i}": rng.integers(-8, 9, (n, n)) / 8 for i in range(BLOCKS)}
        case = {"x": rng.integers(-8, 9, n) / 8, **weights, "k0": k0, "k": k, "L": L}
        yield {**case, "kernel": int(rng.choice([1, 3, 5])), "blocks": int(rng.integers(1, 40))}


def torch_says(case):
    import torch

    jacobian = torch.autograd.functional.jacobian
    parts = [lambda x, i=i: torch.tanh(torch.tensor(case[f"W{i}"]) @ x) for i in range(BLOCKS)]

    def network(x):
        for part in parts:
            x = x + part(x)
        return x

    x, jacobians = torch.tensor(case["x"]), []
    for part in parts:
        jacobians.append(jacobian(part, x))
        x = x + part(x)
    answer = {"chain": jacobian(network, torch.tensor(case["x"])).numpy()}
    answer["length 1"] = scaled(torch, jacobians).numpy()
    shares = torch.distributions.Binomial(case["blocks"], torch.tensor(0.5).double())
    answer["shares"] = shares.log_prob(torch.arange(case["blocks"] + 1).double()).exp().numpy()
    return answer | dense_block(torch, case["k0"], case["k"], case["L"], case["kernel"])


def dense_block(torch, k0, k, L, kernel):
    """What goes into the convolutions of a block that an image has passed, and their weights."""
    x, channels, weights = torch.zeros(1, k0, 6, 6), [], 0
    for _ in range(L):
        convolution = torch.nn.LazyConv2d(k, kernel, padding="same", bias=False)
        x = torch.cat([x, convolution(x)], dim=1)
        channels.append(convolution.in_channels)
        weights += convolution.weight.numel()
    return {"channels": np.array(channels), "weights": weights}


def scaled(torch, jacobians):
    """The derivative at t = 0 of the product of all I + t J: the paths of length 1."""

    def product(t):
        total = torch.eye(len(jacobians[0])).double()
        for J in jacobians:
            total = total + t * (J @ total)
        return total

    return torch.autograd.functional.jacobian(product, torch.tensor(0.0).double())


def we_say(solutions, case):
    x, jacobians = case["x"], []
    for i in range(BLOCKS):
        W = case[f"W{i}"]
        jacobians.append((1 - np.tanh(W @ x) ** 2)[:, None] * W)
        x = x + np.tanh(W @ x)
    sizes = case["k0"], case["k"], case["L"]
    return {
        "chain": solutions.residual_jacobian(jacobians),
        "length 1": solutions.path_contribution(jacobians, 1),
        "shares": solutions.path_length_pmf(case["blocks"]),
        "channels": np.array(solutions.densenet_channels(*sizes)),
        "weights": solutions.densenet_params(*sizes, case["kernel"]),
    }
