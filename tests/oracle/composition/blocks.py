"""Chains, residual blocks and dense blocks of affine maps and tanh, against autograd."""

from functools import reduce

GROWTH = (2, 3, 1)


def cases(rng):
    for _ in range(24):
        n, d = (int(size) for size in rng.integers(2, 5, 2))
        case = {"x": eighths(rng, n, d), "scale": eighths(rng, d)}
        for i in (1, 2, 3):
            case |= {f"W{i}": eighths(rng, d, d), f"b{i}": eighths(rng, d)}
        case["dout"] = eighths(rng, n, d)
        width = d
        for i, features in enumerate(GROWTH, start=1):
            case |= {f"V{i}": eighths(rng, features, width), f"c{i}": eighths(rng, features)}
            width += features
        yield {**case, "wide": eighths(rng, n, width)}


def eighths(rng, *shape):
    return rng.integers(-8, 9, shape) / 8


def torch_says(case):
    import torch

    t = {name: torch.tensor(value) for name, value in case.items()}

    def part(x, i, W="W", b="b"):
        return torch.tanh(torch.nn.functional.linear(x, t[f"{W}{i}"], t[f"{b}{i}"]))

    def chain(x):
        return part(t["scale"] * part(x, 1), 2)

    def joined(x, i):
        return torch.cat([x, part(x, i, "V", "c")], dim=1)

    networks = {
        "chain": chain,
        "residual": lambda x: reduce(lambda y, i: y + part(y, i), (1, 2, 3), x),
        "skip over chain": lambda x: x + chain(x + part(x, 3)),
        "dense": lambda x: reduce(joined, (1, 2, 3), x),
    }
    answer = {}
    for name, network in networks.items():
        x = t["x"].clone().requires_grad_()
        y = network(x)
        y.backward(t["wide" if name == "dense" else "dout"])
        answer |= {f"y {name}": y.detach().numpy(), f"dx {name}": x.grad.numpy()}
    return answer


def we_say(solutions, case):
    def part(i, W="W", b="b"):
        affine = solutions.Affine(case[f"{W}{i}"], case[f"{b}{i}"])
        return solutions.Sequential([affine, solutions.Tanh()])

    chain = [part(1), solutions.Scale(case["scale"]), part(2)]
    again = [part(1), solutions.Scale(case["scale"]), part(2)]
    networks = {
        "chain": solutions.Sequential(chain),
        "residual": solutions.Sequential([solutions.Residual(part(i)) for i in (1, 2, 3)]),
        "skip over chain": solutions.Residual(
            solutions.Sequential([solutions.Residual(part(3)), *again])
        ),
        "dense": solutions.DenseBlock([part(i, "V", "c") for i in (1, 2, 3)]),
    }
    answer = {}
    for name, network in networks.items():
        answer[f"y {name}"] = network.forward(case["x"])
        answer[f"dx {name}"] = network.backward(case["wide" if name == "dense" else "dout"])
    return answer
