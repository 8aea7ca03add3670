"""Oracle of normalize and normalize_backward: PyTorch's var_mean along any axes, and autograd."""

import numpy as np


def cases(rng):
    """Arrays of one to four axes, some of which are averaged over."""
    for number in range(40):
        ndim = 1 + number % 4
        shape = rng.integers(3, 5, ndim)
        axes = rng.permutation(ndim)[: rng.integers(1, ndim + 1)]
        x, dxhat = rng.integers(-40, 41, (2, *shape)) / 8
        eps = rng.choice([1e-5, 1e-3, 0.25, 2.0])
        yield {"x": x, "dxhat": dxhat, "axes": axes - ndim * rng.integers(2), "eps": float(eps)}


def torch_says(case):
    """By the definition, in PyTorch; the gradient by autograd."""
    import torch

    x = torch.tensor(case["x"], requires_grad=True)
    axes = tuple(case["axes"].tolist())
    var, mean = torch.var_mean(x, dim=axes, keepdim=True, correction=0)
    xhat = (x - mean) / torch.sqrt(var + case["eps"])
    xhat.backward(torch.tensor(case["dxhat"]))
    return {"xhat": xhat.detach().numpy(), "dx": x.grad.numpy()}


def we_say(solutions, case):
    """Forward and backward."""
    axes = tuple(np.atleast_1d(case["axes"]).tolist())
    xhat, cache = solutions.normalize(case["x"], axes, case["eps"])
    return {"xhat": xhat, "dx": solutions.normalize_backward(case["dxhat"], cache)}
