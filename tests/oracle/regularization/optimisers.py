"""Weights after several steps of torch.optim.SGD, Adam and AdamW, all with weight_decay."""

import numpy as np


def cases(rng):
    shapes = [(5,), (3, 4), (2, 3, 2)]
    for number in range(24):
        shape, steps = shapes[number % 3], int(rng.integers(1, 7))
        w, *gradients = rng.integers(-16, 17, (1 + steps, *shape)) / 8
        numbers = {"lr": rng.uniform(0.01, 0.5), "lam": rng.uniform(0, 1.5)}
        options = {"b1": rng.uniform(0.3, 0.95), "b2": rng.uniform(0.5, 0.999)}
        options["eps"] = 1e-8 if number % 2 else rng.uniform(0.01, 0.5)
        drawn = {name: float(value) for name, value in {**numbers, **options}.items()}
        yield {"w": w, "gradients": np.array(gradients), **drawn}


def torch_says(case):
    import torch

    decay = {"lr": case["lr"], "weight_decay": case["lam"]}
    options = {"betas": (case["b1"], case["b2"]), "eps": case["eps"]}
    answer = {"penalty": 0.5 * case["lam"] * float((torch.tensor(case["w"]) ** 2).sum())}
    for name, extra in [("SGD", {}), ("Adam", options), ("AdamW", options)]:
        w = torch.tensor(case["w"], requires_grad=True)
        optimiser = getattr(torch.optim, name)([w], **decay, **extra)
        for gradient in case["gradients"]:
            w.grad = torch.tensor(gradient)
            optimiser.step()
        answer[name] = w.detach().numpy()
        if extra:
            state = optimiser.state[w]
            answer |= {f"m of {name}": state["exp_avg"].numpy()}
            answer |= {f"v of {name}": state["exp_avg_sq"].numpy()}
    w = torch.tensor(case["w"], requires_grad=True)
    (case["lam"] / 2 * torch.linalg.vector_norm(w) ** 2).backward()
    return {**answer, "gradient of the penalty": w.grad.numpy()}


def we_say(solutions, case):
    w, lr, lam = case["w"], case["lr"], case["lam"]
    penalty, gradient = solutions.l2_penalty(w, lam)
    answer = {"penalty": penalty, "gradient of the penalty": gradient, "SGD": w}
    for g in case["gradients"]:
        answer["SGD"] = solutions.sgd_l2(answer["SGD"], g, lr, lam)
    options = {name: case[name] for name in ("b1", "b2", "eps")}
    for name, decoupled in [("Adam", False), ("AdamW", True)]:
        now = (w, np.zeros(w.shape), np.zeros(w.shape))
        for t, g in enumerate(case["gradients"], 1):
            now = solutions.adam_step(now[0], g, *now[1:], t, lr, lam, decoupled, **options)
        answer |= {name: now[0], f"m of {name}": now[1], f"v of {name}": now[2]}
    return answer
