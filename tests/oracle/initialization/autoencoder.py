"""The autoencoder's loss and gradients by autograd, and layers that torch.optim.SGD has trained."""


def cases(rng):
    for _ in range(24):
        n, d, k, k2 = (int(size) for size in rng.integers(2, 7, 4))
        shapes = {"x": (n, d), "We": (k, d), "be": (k,), "Wd": (d, k), "bd": (d,)}
        case = {name: rng.integers(-16, 17, shape) / 8 for name, shape in shapes.items()}
        drawn = {"first": rng.integers(-16, 17, (k, d)) / 8}
        drawn["second"] = rng.integers(-16, 17, (k2, k)) / 8
        yield {**case, **drawn, "steps": int(rng.integers(1, 6)), "lr": float(rng.uniform(0.1, 1))}


def torch_says(case):
    import torch

    names = ("We", "be", "Wd", "bd")
    parameters = [torch.tensor(case[name], requires_grad=True) for name in names]
    loss = _loss(torch, torch.tensor(case["x"]), *parameters)
    loss.backward()
    answer = {"loss": loss.item()}
    answer |= {f"d{n}": p.grad.numpy() for n, p in zip(names, parameters, strict=True)}
    h = torch.tensor(case["x"])
    for layer in ("first", "second"):
        k, d = case[layer].shape
        We = torch.tensor(case[layer]) * (2 / (k + d)) ** 0.5
        start = [We, torch.zeros(k).double(), We.T.clone(), torch.zeros(d).double()]
        parameters = [p.requires_grad_() for p in start]
        descent = torch.optim.SGD(parameters, lr=case["lr"])
        for _ in range(case["steps"]):
            descent.zero_grad()
            _loss(torch, h, *parameters).backward()
            descent.step()
        W, b = (p.detach() for p in parameters[:2])
        answer |= {f"W of the {layer}": W.numpy(), f"b of the {layer}": b.numpy()}
        h = torch.tanh(torch.nn.functional.linear(h, W, b))
    return answer


def _loss(torch, x, We, be, Wd, bd):
    linear = torch.nn.functional.linear
    return torch.nn.functional.mse_loss(linear(torch.tanh(linear(x, We, be)), Wd, bd), x)


class Given:
    """A generator that gives these numbers, one array after the other."""

    def __init__(self, *arrays):
        self.arrays = list(arrays)

    def standard_normal(self, shape):
        numbers = self.arrays.pop(0)
        assert numbers.shape == shape
        return numbers


def we_say(solutions, case):
    names = ("We", "be", "Wd", "bd")
    loss, gradients = solutions.autoencoder_step(case["x"], *(case[name] for name in names))
    answer = {"loss": loss}
    answer |= {f"d{name}": gradient for name, gradient in zip(names, gradients, strict=True)}
    widths = [len(case["first"]), len(case["second"])]
    rng = Given(case["first"], case["second"])
    encoders = solutions.pretrain(case["x"], widths, case["steps"], case["lr"], rng)
    for layer, (W, b) in zip(("first", "second"), encoders, strict=True):
        answer |= {f"W of the {layer}": W, f"b of the {layer}": b}
    return answer
