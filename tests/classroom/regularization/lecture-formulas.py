"""Believes the lecture: decay is L2 under Adam too, one noise scale, stop when the loss rises."""

import numpy as np


def adam_step(w, g, m, v, t, lr, lam, decoupled, b1=0.9, b2=0.999, eps=1e-8):
    g = g + lam * w
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g**2
    return w - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + eps), m, v


def noise_scale(per_sample_grads, batch, lr):
    noise = lr * per_sample_grads.var(axis=0).sum() / batch
    return {"grad_noise": noise, "step_noise": lr * noise, "sde_scale": noise}


def early_stopping(losses, patience, min_delta=0.0):
    for epoch in range(1, len(losses)):
        if losses[epoch] > losses[epoch - 1]:
            return epoch, epoch - 1
    return len(losses) - 1, len(losses) - 1


def dropout_strength(numbers):
    keep = numbers["keep"]
    return {
        "noise_var": numbers["activation"] ** 2 * (1 - keep) / keep,
        "supported_formula": "log(capacity / data)",
        "best_keep": min(numbers["runs"], key=lambda run: run[2])[0],
        "is_probability": True,
    }
