"""im2col and col2im against torch.nn.functional.unfold and fold."""

import itertools

import numpy as np


def cases(rng):
    """Every pad from 0 to 2 with every stride from 1 to 4, at random shapes, twice."""
    for _, pad, stride in itertools.product(range(2), range(3), range(1, 5)):
        N, C, kh, kw = rng.integers(1, 4, 4).tolist()
        H, W = np.maximum(rng.integers(1, 9, 2), (kh - 2 * pad, kw - 2 * pad)).tolist()
        positions = ((H + 2 * pad - kh) // stride + 1) * ((W + 2 * pad - kw) // stride + 1)
        x = rng.integers(-32, 33, (N, C, H, W)) / 8
        cols = rng.integers(-32, 33, (N, C * kh * kw, positions)) / 8
        yield {"x": x, "cols": cols, "kh": kh, "kw": kw, "stride": stride, "pad": pad}


def torch_says(case):
    import torch

    x, kernel = torch.tensor(case["x"]), (case["kh"], case["kw"])
    options = {"stride": case["stride"], "padding": case["pad"]}
    columns = torch.nn.functional.unfold(x, kernel, **options)
    images = torch.nn.functional.fold(torch.tensor(case["cols"]), x.shape[2:], kernel, **options)
    return {"cols": columns.numpy(), "x": images.numpy()}


def we_say(solutions, case):
    config = [case[name] for name in ("kh", "kw", "stride", "pad")]
    return {
        "cols": solutions.im2col(case["x"], *config),
        "x": solutions.col2im(case["cols"], case["x"].shape, *config),
    }
