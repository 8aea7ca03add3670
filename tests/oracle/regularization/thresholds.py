"""torch's softshrink, and proximal gradient steps made with it and with autograd."""


def cases(rng):
    for _ in range(24):
        n, d = (int(size) for size in rng.integers(2, 8, 2))
        case = {"X": rng.integers(-16, 17, (n, d)) / 8, "y": rng.integers(-16, 17, n) / 8}
        case["X"][0, 0] = 1.5  # not zero
        case["w"] = rng.integers(-16, 17, (d, 3)) / 8
        yield {**case, "lam": float(rng.uniform(0.01, 0.6)), "steps": int(rng.integers(1, 9))}


def torch_says(case):
    import torch

    X, y, lam = torch.tensor(case["X"]), torch.tensor(case["y"]), case["lam"]
    shrink = torch.nn.functional.softshrink
    size = len(y) / torch.linalg.matrix_norm(X, ord=2).item() ** 2
    w = torch.zeros(X.shape[1], dtype=torch.float64)
    for _ in range(case["steps"]):
        w = w.detach().requires_grad_()
        (torch.nn.functional.mse_loss(X @ w, y) / 2).backward()
        w = shrink(w - size * w.grad, size * lam)
    return {"u": shrink(torch.tensor(case["w"]), lam).numpy(), "w": w.detach().numpy()}


def we_say(solutions, case):
    return {
        "u": solutions.soft_threshold(case["w"], case["lam"]),
        "w": solutions.ista(case["X"], case["y"], case["lam"], case["steps"]),
    }
