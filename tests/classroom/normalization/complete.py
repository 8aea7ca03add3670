"""Everything right, and written differently from the reference: matrices, loops, einsum."""

import numpy as np


def slices(x, axes):
    axes = sorted(axis % x.ndim for axis in axes)
    front = [axis for axis in range(x.ndim) if axis not in axes]
    return np.transpose(x, front + axes), front + axes, len(front)


def normalize(x, axes, eps=1e-5):
    moved, order, lead = slices(np.asarray(x, dtype=float), axes)
    rows = moved.reshape(int(np.prod(moved.shape[:lead])), -1)
    centred = rows - rows.mean(axis=1)[:, None]
    spread = np.sqrt((centred**2).mean(axis=1) + eps)[:, None]
    with np.errstate(invalid="ignore"):
        xhat = np.where(centred == 0, 0.0, centred / spread)
    back = np.argsort(order)
    cache = {"xhat": xhat, "spread": spread, "axes": axes}
    return xhat.reshape(moved.shape).transpose(back), cache


def normalize_backward(dxhat, cache):
    moved, order, _ = slices(dxhat, cache["axes"])
    xhat, spread = cache["xhat"], cache["spread"]
    d = moved.reshape(xhat.shape)
    along = np.einsum("si,si->s", d, xhat)[:, None] * xhat
    dx = (d - (d.sum(axis=1)[:, None] + along) / d.shape[1]) / spread
    return dx.reshape(moved.shape).transpose(np.argsort(order))


def batchnorm_forward(x, gamma, beta, state, train, momentum=0.1, eps=1e-5):
    if x.ndim == 4:
        N, C, H, W = x.shape
        flat = np.moveaxis(x, 1, 3).reshape(-1, C)
        out, cache, new = batchnorm_forward(flat, gamma, beta, state, train, momentum, eps)
        return np.moveaxis(out.reshape(N, H, W, C), 3, 1), ["image", cache], new
    if not train:
        scale = gamma / np.sqrt(state["var"] + eps)
        return (x - state["mean"]) * scale + beta, None, dict(state)
    xhat, inner = normalize(x, (0,), eps)
    mean = state["mean"] + momentum * (x.mean(axis=0) - state["mean"])
    var = state["var"] + momentum * (x.var(axis=0, ddof=1) - state["var"])
    return xhat * gamma + beta, [xhat, gamma, inner], {"var": var, "mean": mean}


def batchnorm_backward(dout, cache):
    if cache[0] is not None and isinstance(cache[0], str):
        N, C, H, W = dout.shape
        flat = np.moveaxis(dout, 1, 3).reshape(-1, C)
        dx, dgamma, dbeta = batchnorm_backward(flat, cache[1])
        return [np.moveaxis(dx.reshape(N, H, W, C), 3, 1), dgamma, dbeta]
    xhat, gamma, inner = cache
    dx = normalize_backward(dout * gamma, inner)
    return [dx, np.einsum("nd,nd->d", dout, xhat), np.einsum("nd->d", dout)]


def layernorm_forward(x, gamma, beta, eps=1e-5):
    rows = x.reshape(-1, x.shape[-1])
    xhat, inner = normalize(rows, (1,), eps)
    return (xhat * gamma + beta).reshape(x.shape), (xhat, gamma, inner, x.shape)


def layernorm_backward(dout, cache):
    xhat, gamma, inner, shape = cache
    rows = dout.reshape(xhat.shape)
    dx = normalize_backward(rows * gamma, inner)
    return dx.reshape(shape), (rows * xhat).sum(0), rows.sum(0)


def groupnorm_forward(x, gamma, beta, groups, eps=1e-5):
    size, rest = divmod(x.shape[1], groups)
    if rest:
        raise ValueError(f"{x.shape[1]} channels do not fit into {groups} groups")
    parts = [normalize(x[:, i : i + size], (1, 2, 3), eps) for i in range(0, x.shape[1], size)]
    xhat = np.concatenate([part for part, _ in parts], axis=1)
    out = np.einsum("nchw,c->nchw", xhat, gamma) + beta[:, None, None]
    return out, (xhat, gamma, [inner for _, inner in parts])


def groupnorm_backward(dout, cache):
    xhat, gamma, inners = cache
    d = np.split(dout * gamma[:, None, None], len(inners), axis=1)
    dx = [normalize_backward(part, inner) for part, inner in zip(d, inners, strict=True)]
    dgamma = np.einsum("nchw,nchw->c", dout, xhat)
    return np.concatenate(dx, axis=1), dgamma, np.einsum("nchw->c", dout)


def instancenorm_forward(x, gamma, beta, eps=1e-5):
    return groupnorm_forward(x, gamma, beta, len(gamma), eps)


def instancenorm_backward(dout, cache):
    return groupnorm_backward(dout, cache)


def undo_affine(mean, var, eps):
    return (var + eps) ** 0.5, mean.copy()


def fold_batchnorm(W, b, gamma, beta, mean, var, eps):
    scale = gamma * (var + eps) ** -0.5
    return np.diag(scale) @ W, beta + scale * b - scale * mean
