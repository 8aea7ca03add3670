"""The reference's network: loss and gradients by autograd, and what it predicts.

Parameters and images are drawn on both sides from the same seed; of each gradient the file keeps
its length and one projection.
"""

import numpy as np

SHAPES = {
    "conv1_W": (8, 1, 3, 3),
    "conv1_b": (8,),
    "norm1_gamma": (8,),
    "norm1_beta": (8,),
    "conv2_W": (16, 8, 3, 3),
    "conv2_b": (16,),
    "norm2_gamma": (16,),
    "norm2_beta": (16,),
    "out_W": (10, 256),
    "out_b": (10,),
}
KEEP = 0.8


def cases(rng):
    for number in range(24):
        yield {"seed": int(rng.integers(2**32)), "n": 1 + number % 7, "train": number % 2}


def _drawn(case):
    """Parameters, images, labels and a direction for every gradient."""
    rng = np.random.default_rng(case["seed"])
    params = {name: rng.normal(0, 0.3, shape) for name, shape in SHAPES.items()}
    x, y = rng.random((case["n"], 1, 8, 8)), rng.integers(10, size=case["n"])
    return params, x, y, {name: rng.standard_normal(shape) for name, shape in SHAPES.items()}


def _shown(grads, directions):
    return {
        name: np.array([np.linalg.norm(g), (g * directions[name]).sum()])
        for name, g in grads.items()
    }


def torch_says(case):
    import torch

    F = torch.nn.functional
    params, x, y, directions = _drawn(case)
    p = {name: torch.tensor(value, requires_grad=True) for name, value in params.items()}
    h = F.conv2d(torch.tensor(x), p["conv1_W"], p["conv1_b"], padding=1)
    h = F.relu(F.group_norm(h, 2, p["norm1_gamma"], p["norm1_beta"]))
    h = F.conv2d(h, p["conv2_W"], p["conv2_b"], stride=2, padding=1)
    h = F.relu(F.group_norm(h, 4, p["norm2_gamma"], p["norm2_beta"])).flatten(1)
    labels = F.linear(h, p["out_W"], p["out_b"]).argmax(dim=1)
    if case["train"]:
        mask = np.random.default_rng(case["seed"]).random((case["n"], 16, 4, 4)) < KEEP
        h = h * torch.tensor(mask).flatten(1) / KEEP
    loss = F.cross_entropy(F.linear(h, p["out_W"], p["out_b"]), torch.tensor(y))
    loss.backward()
    grads = {name: value.grad.numpy() for name, value in p.items()}
    answer = {"loss": loss.item(), "labels": labels.numpy()}
    return {**answer, **(_shown(grads, directions) if case["train"] else {})}


def we_say(solutions, case):
    params, x, y, directions = _drawn(case)
    rng = np.random.default_rng(case["seed"])
    loss, grads = solutions.network_loss(params, x, y, rng, bool(case["train"]))
    return {"loss": loss, "labels": solutions.predict(params, x), **_shown(grads, directions)}
