"""The layers that students are given, each with the gradients of sum(dout * out).

Inputs are drawn on both sides from the same seed; of each array the file keeps its length and one
projection.
"""

import numpy as np

LAYERS = ("conv2d", "groupnorm", "linear", "relu", "dropout")


def cases(rng):
    for layer in LAYERS * 6:
        sizes = rng.choice(np.arange(2, 8), 5, replace=False)
        yield {
            "layer": layer,
            "seed": int(rng.integers(2**32)),
            **{name: int(size) for name, size in zip("nckhw", sizes, strict=True)},
            "kh": int(rng.integers(1, 4)),
            "kw": int(rng.integers(1, 4)),
            "stride": int(rng.integers(1, 3)),
            "pad": int(rng.integers(1, 3)),
            "groups": int(rng.integers(1, 3)),
        }


def _inputs(case):
    """x, and W and b (or gamma and beta) where the layer has them."""
    rng = np.random.default_rng(case["seed"])
    n, c, k, h, w = (case[name] for name in "nckhw")
    shapes = {
        "conv2d": [(n, c, h, w), (k, c, case["kh"], case["kw"]), (k,)],
        "groupnorm": [(n, 2 * c, h, w), (2 * c,), (2 * c,)],
        "linear": [(n, c, h, w), (k, c * h * w), (k,)],
        "relu": [(n, c, h)],
        "dropout": [(n, c, h)],
    }
    return [rng.standard_normal(shape) for shape in shapes[case["layer"]]]


def _dout(shape):
    return np.sin(np.arange(np.prod(shape), dtype=float)).reshape(shape)


def _shown(out, gradients):
    arrays = {"out": out, **{f"gradient {i}": g for i, g in enumerate(gradients)}}
    return {
        name: np.array([*a.shape, np.linalg.norm(a), (a * np.cos(_dout(a.shape))).sum()])
        for name, a in arrays.items()
    }


def torch_says(case):
    import torch

    F = torch.nn.functional
    inputs = [torch.tensor(value, requires_grad=True) for value in _inputs(case)]
    x, *rest = inputs
    if case["layer"] == "conv2d":
        out = F.conv2d(x, *rest, stride=case["stride"], padding=case["pad"])
    elif case["layer"] == "groupnorm":
        out = F.group_norm(x, case["groups"], *rest, eps=1e-5)
    elif case["layer"] == "linear":
        out = F.linear(x.flatten(1), *rest)
    elif case["layer"] == "relu":
        out = F.relu(x)
    else:
        mask = np.random.default_rng(case["seed"]).random(tuple(x.shape)) < 0.75
        out = x * torch.tensor(mask) / 0.75
    out.backward(torch.tensor(_dout(tuple(out.shape))))
    return _shown(out.detach().numpy(), [value.grad.numpy() for value in inputs])


def we_say(solutions, case):
    settings = {
        "conv2d": [case["stride"], case["pad"]],
        "groupnorm": [case["groups"]],
        "dropout": [0.75, np.random.default_rng(case["seed"]), True],
    }
    layer, inputs = case["layer"], _inputs(case)
    out, cache = getattr(solutions, f"{layer}_forward")(*inputs, *settings.get(layer, []))
    gradients = getattr(solutions, f"{layer}_backward")(_dout(out.shape), cache)
    return _shown(out, gradients if len(inputs) > 1 else [gradients])
