"""Oracle of batch normalisation: rows and images, training and evaluation, running statistics."""

import numpy as np


def cases(rng):
    """Every third case in evaluation, half of them images."""
    for number in range(36):
        positions = rng.integers(1, 4, 2 * (number % 2))
        shape = rng.integers(3, 6), rng.integers(1, 5), *positions
        x, dout = rng.integers(-40, 41, (2, *shape)) / 8
        params = rng.integers(-16, 17, (2, shape[1])) / 8
        state = rng.integers(-16, 17, (2, shape[1])) / 8
        state[1] = 0.125 + np.abs(state[1])
        eps = rng.choice([1e-5, 1e-3, 0.25, 2.0])
        config = np.array([number % 3 > 0, rng.integers(1, 9) / 8, eps], dtype=float)
        yield {"x": x, "dout": dout, "params": params, "state": state, "config": config}


def torch_says(case):
    """torch.nn.functional.batch_norm, whose running statistics are updated in place."""
    import torch

    arrays = case["x"], *case["params"]
    x, gamma, beta = (torch.tensor(array, requires_grad=True) for array in arrays)
    mean, var = (torch.tensor(array) for array in case["state"])
    train, momentum, eps = case["config"].tolist()
    out = torch.nn.functional.batch_norm(x, mean, var, gamma, beta, train > 0, momentum, eps)
    answer = {"out": out.detach().numpy(), "state": np.stack([mean.numpy(), var.numpy()])}
    if not train:
        return answer
    out.backward(torch.tensor(case["dout"]))
    dparams = np.stack([gamma.grad.numpy(), beta.grad.numpy()])
    return answer | {"dx": x.grad.numpy(), "dparams": dparams}


def we_say(solutions, case):
    """Forward, and in training backward."""
    train, momentum, eps = case["config"].tolist()
    state = dict(zip(["mean", "var"], case["state"], strict=True))
    config = state, train > 0, momentum, eps
    out, cache, new = solutions.batchnorm_forward(case["x"], *case["params"], *config)
    answer = {"out": out, "state": np.stack([new["mean"], new["var"]])}
    if not train:
        return answer
    dx, *dparams = solutions.batchnorm_backward(case["dout"], cache)
    return answer | {"dx": dx, "dparams": np.stack(dparams)}
