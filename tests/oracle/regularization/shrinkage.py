"""Gradient descent by torch.optim.SGD, and ridge solutions by torch, along eigenvectors."""

import numpy as np


def cases(rng):
    for _ in range(24):
        n, d = int(rng.integers(6, 12)), int(rng.integers(2, 5))
        case = {"X": rng.integers(-16, 17, (n, d)) / 8, "y": rng.integers(-16, 17, n) / 8}
        case |= {"alpha": float(rng.uniform(0.1, 2)), "lr": float(rng.uniform(0.02, 0.3))}
        yield {**case, "steps": int(rng.integers(0, 9))}


def torch_says(case):
    import torch

    X, y, n = torch.tensor(case["X"]), torch.tensor(case["y"]), len(case["y"])
    w = torch.zeros(X.shape[1], dtype=torch.float64, requires_grad=True)
    descent = torch.optim.SGD([w], lr=case["lr"])
    for _ in range(case["steps"]):
        descent.zero_grad()
        (torch.nn.functional.mse_loss(X @ w, y) / 2).backward()
        descent.step()
    penalty = case["alpha"] * torch.eye(X.shape[1], dtype=torch.float64)
    ridge = torch.linalg.solve(X.T @ X / n + penalty, X.T @ y / n)
    return {"descent": w.detach().numpy(), "ridge": ridge.numpy()}


def we_say(solutions, case):
    X, n = case["X"], len(case["y"])
    eigenvalues, Q = np.linalg.eigh(X.T @ X / n)
    best = Q.T @ np.linalg.lstsq(X, case["y"], rcond=None)[0]
    return {
        "descent": Q @ (solutions.gd_shrinkage(eigenvalues, case["lr"], case["steps"]) * best),
        "ridge": Q @ (solutions.ridge_shrinkage(eigenvalues, case["alpha"]) * best),
    }
