"""Oracle of softmax and its gradient: any axis, large logits, and logits of -inf."""

import numpy as np


def cases(rng):
    """One to three axes; every third case large, every third with some logits of -inf."""
    for number in range(24):
        shape = tuple(int(size) for size in rng.integers(2, 6, 1 + number % 3))
        z, dp = rng.integers(-24, 25, (2, *shape)) / 8
        if number % 3 == 1:
            z = 256 * z
        axis = int(rng.integers(-len(shape), len(shape)))
        hidden = rng.random(shape) < (0.3 if number % 3 == 2 else 0)
        first = np.arange(shape[axis]) == 0
        hidden &= ~first.reshape([-1 if a == axis % len(shape) else 1 for a in range(len(shape))])
        yield {"z": np.where(hidden, -np.inf, z), "dp": dp, "axis": axis}


def torch_says(case):
    import torch

    z = torch.tensor(case["z"], requires_grad=True)
    p = torch.softmax(z, dim=case["axis"])
    p.backward(torch.tensor(case["dp"]))
    return {"p": p.detach().numpy(), "dz": z.grad.numpy()}


def we_say(solutions, case):
    p = solutions.softmax(case["z"], case["axis"])
    return {"p": p, "dz": solutions.softmax_backward(case["dp"], p, case["axis"])}
