"""conv2d_forward and conv2d_backward against torch.nn.functional.conv2d and its autograd."""

import itertools

import numpy as np


def cases(rng):
    """Every pad from 0 to 2 with every stride from 1 to 3, at random shapes, three times."""
    for _, pad, stride in itertools.product(range(3), range(3), range(1, 4)):
        N, C, K = rng.integers(1, 5, 3)
        kh, kw = rng.integers(1, 5, 2)
        H, Wd = np.maximum(rng.integers(2, 10, 2), (kh - 2 * pad, kw - 2 * pad))
        h_out, w_out = (H + 2 * pad - kh) // stride + 1, (Wd + 2 * pad - kw) // stride + 1
        shapes = {"x": (N, C, H, Wd), "W": (K, C, kh, kw), "b": K, "dout": (N, K, h_out, w_out)}
        arrays = {name: rng.integers(-32, 33, shape) / 8 for name, shape in shapes.items()}
        yield {**arrays, "stride": stride, "pad": pad}


def torch_says(case):
    import torch

    names = ("x", "W", "b")
    inputs = [torch.tensor(case[name], requires_grad=True) for name in names]
    out = torch.nn.functional.conv2d(*inputs, stride=case["stride"], padding=case["pad"])
    out.backward(torch.tensor(case["dout"]))
    gradients = {f"d{name}": t.grad.numpy() for name, t in zip(names, inputs, strict=True)}
    return {"out": out.detach().numpy(), **gradients}


def we_say(solutions, case):
    x, W, b = (case[name] for name in ("x", "W", "b"))
    out, cache = solutions.conv2d_forward(x, W, b, case["stride"], case["pad"])
    dx, dW, db = solutions.conv2d_backward(case["dout"], cache)
    return {"out": out, "dx": dx, "dW": dW, "db": db}
