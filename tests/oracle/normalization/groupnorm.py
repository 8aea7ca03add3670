"""Oracle of group normalisation, and of instance normalisation, which PyTorch has by itself."""

import numpy as np


def cases(rng):
    """Images whose channels are cut into groups; 0 groups stand for instance norm."""
    for number in range(40):
        groups, size = rng.integers(1, 4, 2).tolist()
        shape = rng.integers(1, 3), groups * size, rng.integers(1, 4), rng.integers(3, 5)
        x, dout = rng.integers(-40, 41, (2, *shape)) / 8
        params = rng.integers(-16, 17, (2, shape[1])) / 8
        eps = float(rng.choice([1e-5, 1e-3, 0.25, 2.0]))
        groups *= int(number % 4 > 0)
        yield {"x": x, "dout": dout, "params": params, "groups": groups, "eps": eps}


def torch_says(case):
    """torch.nn.functional.group_norm or instance_norm, and autograd."""
    import torch

    arrays = case["x"], *case["params"]
    x, gamma, beta = (torch.tensor(array, requires_grad=True) for array in arrays)
    functional = torch.nn.functional
    if case["groups"]:
        out = functional.group_norm(x, case["groups"], gamma, beta, case["eps"])
    else:
        out = functional.instance_norm(x, weight=gamma, bias=beta, eps=case["eps"])
    out.backward(torch.tensor(case["dout"]))
    dparams = np.stack([gamma.grad.numpy(), beta.grad.numpy()])
    return {"out": out.detach().numpy(), "dx": x.grad.numpy(), "dparams": dparams}


def we_say(solutions, case):
    """Forward and backward."""
    args = case["x"], *case["params"]
    if case["groups"]:
        out, cache = solutions.groupnorm_forward(*args, case["groups"], case["eps"])
        dx, *dparams = solutions.groupnorm_backward(case["dout"], cache)
    else:
        out, cache = solutions.instancenorm_forward(*args, case["eps"])
        dx, *dparams = solutions.instancenorm_backward(case["dout"], cache)
    return {"out": out, "dx": dx, "dparams": np.stack(dparams)}
