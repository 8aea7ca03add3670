"""Everything right, and written differently from the reference: loops, einsum, other names."""

import itertools
import math

import numpy as np


def l2_penalty(W, lam):
    total = sum(float(entry) ** 2 for entry in np.ravel(W))
    return np.float64(lam * total / 2), np.multiply(W, lam)


def sgd_l2(w, g, lr, lam):
    return (1 - lr * lam) * w - lr * g


def adam_step(w, g, m, v, t, lr, lam, decoupled, b1=0.9, b2=0.999, eps=1e-8):
    if decoupled:
        start, slope = (1 - lr * lam) * w, np.array(g)
    else:
        start, slope = np.array(w), g + lam * w
    first = m + (1 - b1) * (slope - m)
    second = v + (1 - b2) * (slope * slope - v)
    root = np.sqrt(second) / math.sqrt(1 - b2**t)
    return [start - lr / (1 - b1**t) * first / (root + eps), first, second]


def soft_threshold(w, t):
    return np.where(w > t, w - t, np.where(w < -t, w + t, 0.0))


def ista(X, y, lam, steps):
    n, d = np.shape(X)
    step = n / np.linalg.svd(X, compute_uv=False)[0] ** 2
    gram, moment = X.T @ X / n, X.T @ y / n
    w = np.zeros(d)
    for _ in range(steps):
        moved = w - step * (gram @ w - moment)
        w = np.sign(moved) * np.clip(np.abs(moved) - step * lam, 0, None)
    return w


def map_lambda(prior, scale, noise_var, n):
    strengths = {"gaussian": noise_var / scale / scale, "laplace": noise_var / scale}
    return strengths[prior] / n


def dropout_forward(x, keep, rng, train=True):
    if not train:
        return np.array(x), ("evaluation",)
    kept = rng.binomial(1, keep, size=x.shape)
    return np.where(kept, x / keep, 0.0), ("training", kept, keep)


def dropout_backward(dout, cache):
    mode, *rest = cache
    if mode == "evaluation":
        return np.array(dout)
    kept, keep = rest
    return np.where(kept, dout / keep, 0.0)


def geometric_ensemble(logits):
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    total = np.einsum("mk->k", logs) / len(logits)
    unnormalised = np.exp(total - max(total))
    return unnormalised / sum(unnormalised)


def noise_scale(per_sample_grads, batch, lr):
    away = per_sample_grads - per_sample_grads.mean(0)
    noise = np.einsum("nd,nd->", away, away) / len(away) / batch
    return {"sde_scale": noise * lr, "step_noise": noise * lr * lr, "grad_noise": noise}


def early_stopping(losses, patience, min_delta=0.0):
    best = epoch = 0
    for epoch in range(1, len(losses)):
        if losses[best] - losses[epoch] > min_delta:
            best = epoch
        if epoch == best + patience:
            break
    return [epoch, best]


def gd_shrinkage(eigenvalues, lr, steps):
    reached = np.zeros(np.shape(eigenvalues))
    for _ in range(steps):
        reached = reached + lr * eigenvalues * (1 - reached)
    return reached


def ridge_shrinkage(eigenvalues, alpha):
    return 1 - alpha / (alpha + eigenvalues)


def bias_variance(preds, truth):
    models = len(preds)
    average = sum(preds) / models
    spread = sum((model - average) ** 2 for model in preds) / models
    return {"variance": np.mean(spread), "bias2": np.mean(np.square(average - truth))}


def gaussian_kl(mean_q, std_q, mean_p, std_p):
    total = 0.0
    for mq, sq, mp, sp in zip(mean_q, std_q, mean_p, std_p, strict=True):
        total += math.log(sp / sq) + (sq**2 + (mq - mp) ** 2) / (2 * sp**2) - 0.5
    return total


def pac_bayes_bound(train_error, kl, n, delta):
    if delta <= 0 or delta >= 1:
        raise ValueError("delta is no probability")
    if n <= 0:
        raise ValueError("no examples")
    chance = math.log(2 / delta) + 0.5 * math.log(n)
    return train_error + math.sqrt((kl + chance) / n / 2)


def combined_regularizers(numbers):
    rows, keep = numbers["x"], numbers["keep"]
    masks = list(itertools.product([0, 1], repeat=3))
    strengths = []
    for feature in range(3):
        extra = 0.0
        for row, mask in itertools.product(rows, masks):
            chance = math.prod(keep if kept else 1 - keep for kept in mask)
            extra += chance * (row[feature] * mask[feature] / keep) ** 2
        extra -= sum(row[feature] ** 2 for row in rows)
        strengths.append(numbers["lam"] + extra / len(rows))
    length = numbers["norm"]
    for _ in range(numbers["decay_steps"]):
        length -= numbers["lr"] * numbers["decay"] * length
    return {
        "adds_up": "L2" in numbers["pair"],
        "lr_eff": numbers["lr"] / length / length,
        "lambda_eff": tuple(strengths),
    }


def dropout_strength(numbers):
    keep, value = numbers["keep"], numbers["activation"]
    law = numbers["factor"] * math.log(numbers["capacity"] / numbers["data"])
    by_validation = sorted(numbers["runs"], key=lambda run: run[-1])
    return {
        "noise_var": value**2 / keep - value**2,
        "supported_formula": "(1 - keep) / keep",
        "best_keep": by_validation[0][0],
        "is_probability": 0 <= law <= 1,
    }
