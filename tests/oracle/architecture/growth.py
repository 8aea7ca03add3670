"""Networks before and after they grow: wider by copied units, deeper by an identity layer."""

import numpy as np

ACTIVATIONS = ("relu", "tanh", "sigmoid")


def cases(rng):
    for number in range(24):
        d_in, h, d_out, more = (int(size) for size in rng.integers(2, 7, 4))
        shapes = {"W1": (h, d_in), "b1": (h,), "W2": (d_out, h), "x": (5, d_in)}
        case = {name: rng.integers(-16, 17, shape) / 8 for name, shape in shapes.items()}
        mapping = rng.permutation(np.concatenate([np.arange(h), rng.integers(h, size=more)]))
        yield {**case, "mapping": mapping, "phi": ACTIVATIONS[number % 3]}


def torch_says(case):
    import torch

    x, W1, b1, W2 = (torch.tensor(case[name]) for name in ("x", "W1", "b1", "W2"))
    hidden = getattr(torch, case["phi"])(torch.nn.functional.linear(x, W1, b1))
    out = torch.nn.functional.linear(hidden, W2).numpy()
    deeper = torch.nn.functional.linear(torch.relu(torch.nn.functional.linear(x, W1, b1)), W2)
    return {"wider": out, "deeper": deeper.numpy()}


def we_say(solutions, case):
    x, W1, b1, W2 = (case[name] for name in ("x", "W1", "b1", "W2"))
    relu = solutions.relu_forward
    phi = {
        "relu": lambda z: relu(z)[0],
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    }[case["phi"]]
    V1, c1, V2 = solutions.widen(W1, b1, W2, case["mapping"])
    h, _ = relu(solutions.linear_forward(x, W1, b1)[0])
    again, _ = relu(solutions.linear_forward(h, *solutions.deepen(len(W1)))[0])
    return {"wider": phi(x @ V1.T + c1) @ V2.T, "deeper": again @ W2.T}
