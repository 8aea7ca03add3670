"""torch.nn.Dropout with the masks that torch has drawn, in training and evaluation."""

import numpy as np


def cases(rng):
    shapes = [(7, 5), (3, 2, 4, 5), (11,)]
    for number in range(24):
        shape = shapes[number % 3]
        case = {name: rng.integers(1, 17, shape) / 8 for name in ("x", "dout")}
        case["dout"] *= rng.choice([-1, 1], shape)
        keep = float(rng.uniform(0.2, 0.95)) if number % 6 else 1.0
        case |= {"keep": keep, "seed": number, "train": number % 4 != 3}
        yield {**case, "kept": _dropped(case, train=True)[0] != 0}


def torch_says(case):
    out, dx = _dropped(case, bool(case["train"]))
    return {"out": out, "dx": dx}


def _dropped(case, train):
    import torch

    torch.manual_seed(case["seed"])
    x = torch.tensor(case["x"], requires_grad=True)
    out = torch.nn.Dropout(1 - case["keep"]).train(train)(x)
    out.backward(torch.tensor(case["dout"]))
    return out.detach().numpy(), x.grad.numpy()


class Given:
    """A generator that gives 0 where torch has kept an entry, and almost 1 elsewhere."""

    def __init__(self, kept):
        self.numbers = np.where(kept, 0.0, 1 - 2**-53)

    def random(self, shape):
        assert self.numbers.shape == shape
        return self.numbers


def we_say(solutions, case):
    rng = Given(case["kept"])
    out, cache = solutions.dropout_forward(case["x"], case["keep"], rng, bool(case["train"]))
    return {"out": out, "dx": solutions.dropout_backward(case["dout"], cache)}
