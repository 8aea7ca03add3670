"""PyTorch's orthogonal matrix for the same normal draws: signs, orientation and gain."""

from unittest import mock


def cases(rng):
    for _ in range(24):
        rows, cols = (int(size) for size in rng.integers(1, 9, 2))
        yield {"normal": rng.standard_normal((rows, cols)), "gain": float(rng.uniform(0.5, 2))}


def torch_says(case):
    import torch

    normal = torch.tensor(case["normal"])
    draw = mock.patch.object(torch.Tensor, "normal_", lambda W, *_, **__: W.copy_(normal))
    with draw:
        W = torch.nn.init.orthogonal_(torch.empty_like(normal), gain=case["gain"])
    return {"W": W.numpy()}


class Given:
    """A generator that gives these numbers."""

    def __init__(self, numbers):
        self.numbers = numbers

    def standard_normal(self, shape):
        return self.numbers if self.numbers.shape == shape else self.numbers.T


def we_say(solutions, case):
    W = solutions.orthogonal(case["normal"].shape, Given(case["normal"]), case["gain"])
    return {"W": W}
