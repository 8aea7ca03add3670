"""Oracle of layer normalisation: rows, sequences, and more axes."""

import numpy as np


def cases(rng):
    """Arrays of two to four axes."""
    for number in range(36):
        shape = [*rng.integers(1, 4, 1 + number % 3).tolist(), int(rng.integers(3, 8))]
        x, dout = rng.integers(-40, 41, (2, *shape)) / 8
        params = rng.integers(-16, 17, (2, shape[-1])) / 8
        eps = float(rng.choice([1e-5, 1e-3, 0.25, 2.0]))
        yield {"x": x, "dout": dout, "params": params, "eps": eps}


def torch_says(case):
    """torch.nn.functional.layer_norm and autograd."""
    import torch

    arrays = case["x"], *case["params"]
    x, gamma, beta = (torch.tensor(array, requires_grad=True) for array in arrays)
    out = torch.nn.functional.layer_norm(x, gamma.shape, gamma, beta, case["eps"])
    out.backward(torch.tensor(case["dout"]))
    dparams = np.stack([gamma.grad.numpy(), beta.grad.numpy()])
    return {"out": out.detach().numpy(), "dx": x.grad.numpy(), "dparams": dparams}


def we_say(solutions, case):
    """Forward and backward."""
    out, cache = solutions.layernorm_forward(case["x"], *case["params"], case["eps"])
    dx, *dparams = solutions.layernorm_backward(case["dout"], cache)
    return {"out": out, "dx": dx, "dparams": np.stack(dparams)}
