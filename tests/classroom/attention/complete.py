"""Everything right, and written differently from the reference: loops, einsum, other names."""

import math

import numpy as np


def softmax(z, axis=-1):
    rows = np.moveaxis(z, axis, -1)
    weights = np.empty(rows.shape)
    for where in np.ndindex(rows.shape[:-1]):
        grown = np.exp(rows[where] - max(rows[where]))
        weights[where] = grown / (math.fsum(grown) + 1e-8)
    return np.moveaxis(weights, -1, axis)


def softmax_backward(dp, p, axis=-1):
    dp, p = np.moveaxis(dp, axis, -1), np.moveaxis(p, axis, -1)
    coupled = np.einsum("...i,...i,...j->...j", dp, p, p)
    return np.moveaxis(dp * p - coupled, -1, axis)


def attention_forward(Q, K, V, mask=None):
    scores = np.einsum("...ld,...sd->...ls", Q, K) * Q.shape[-1] ** -0.5
    seen = np.ones(scores.shape) if mask is None else np.ones(scores.shape) * mask
    scores = np.where(seen > 0, scores, -1e300)
    weights = np.exp(scores - scores.max(-1, keepdims=True)) * seen
    weights /= np.maximum(weights.sum(-1, keepdims=True), 1e-30)
    out = np.einsum("...ls,...sv->...lv", weights, V)
    return [out, {"arguments": (Q, K, V), "weights": weights}]


def attention_backward(dout, cache):
    (Q, K, V), p = cache["arguments"], cache["weights"]
    dp = np.einsum("...lv,...sv->...ls", dout, V)
    out = np.einsum("...ls,...sv->...lv", p, V)
    ds = p * (dp - np.sum(dout * out, axis=-1)[..., None]) / math.sqrt(K.shape[-1])
    return [
        np.einsum("...ls,...sd->...ld", ds, K),
        np.einsum("...ls,...ld->...sd", ds, Q),
        np.einsum("...ls,...lv->...sv", p, dout),
    ]


def self_attention_forward(X, Wq, Wk, Wv, mask=None):
    projected = [np.einsum("...nd,dk->...nk", X, W) for W in (Wq, Wk, Wv)]
    out, inner = attention_forward(*projected, mask)
    return [out, (X, [Wq, Wk, Wv], inner)]


def self_attention_backward(dout, cache):
    X, weights, inner = cache
    back = attention_backward(dout, inner)
    dX = sum(g @ W.T for g, W in zip(back, weights, strict=True))
    batch = list(range(X.ndim - 1))
    return [dX, *(np.tensordot(X, g, (batch, batch)) for g in back)]


def split_heads(X, h):
    if X.shape[2] % h != 0:
        raise ValueError(f"{X.shape[2]} features for {h} heads")
    return np.stack(np.split(X, h, axis=2), axis=1)


def merge_heads(X):
    return np.concatenate([X[:, k] for k in range(X.shape[1])], axis=-1)


def multihead_forward(X, Wq, Wk, Wv, Wo, h, mask=None):
    columns = [np.split(W, h, axis=1) for W in (Wq, Wk, Wv)]
    rows = np.split(Wo, h, axis=0)
    out, heads = 0, []
    if mask is not None:
        mask = np.broadcast_to(mask, (len(X), h, X.shape[1], X.shape[1]))
    for k in range(h):
        own = None if mask is None else mask[:, k]
        found, inner = self_attention_forward(X, *(parts[k] for parts in columns), own)
        out = out + found @ rows[k]
        heads.append((found, inner, rows[k]))
    return [out, heads]


def multihead_backward(dout, cache):
    parts = []
    for found, inner, rows in cache:
        gradients = self_attention_backward(dout @ rows.T, inner)
        parts.append([*gradients, np.einsum("nth,nto->ho", found, dout)])
    dX, dWq, dWk, dWv, dWo = zip(*parts, strict=True)
    return [sum(dX), *(np.hstack(dW) for dW in (dWq, dWk, dWv)), np.vstack(dWo)]


def window_attention(Q, K, V, radius):
    rows = []
    for i, query in enumerate(Q):
        near = [j for j in range(len(K)) if abs(i - j) <= radius]
        out, _ = attention_forward(query[None], K[near], V[near])
        rows.append(out[0])
    return np.array(rows)


def linear_attention(Q, K, V, causal=False):
    q, k = (np.maximum(z, 0) + np.exp(np.minimum(z, 0)) for z in (Q, K))
    outer = np.einsum("sd,sv->sdv", k, V)
    if causal:
        above = np.einsum("ld,ldv->lv", q, np.cumsum(outer, axis=0))
        return above / np.einsum("ld,ld->l", q, np.cumsum(k, axis=0))[:, None]
    above = np.einsum("ld,dv->lv", q, outer.sum(0))
    return above / np.einsum("ld,sd->l", q, k)[:, None]


def attention_cost(n, d_model, h):
    pairs = n * n * h
    return {
        "score_entries": np.int64(pairs),
        "score_macs": pairs * (d_model // h) * 2,
        "projection_macs": n * (4 * d_model**2),
        "params": d_model * d_model * 4,
    }


def block_attention(Q, K, V, block):
    n, own = len(Q), np.arange(len(Q)) // block
    rows, counts = [], []
    for i in range(n):
        keys, values = list(K[own == own[i]]), list(V[own == own[i]])
        sizes = [1.0] * len(keys)
        for other in sorted(set(own) - {own[i]}):
            keys.append(K[own == other].mean(0))
            values.append(V[own == other].mean(0))
            sizes.append(float(np.sum(own == other)))
        scores = np.array(keys) @ Q[i] / math.sqrt(len(Q[i]))
        weights = np.array(sizes) * np.exp(scores - scores.max())
        rows.append(weights @ np.array(values) / weights.sum())
        counts.append(len(keys))
    return [np.array(rows), np.array(counts)]


def attention_mechanisms(numbers):
    n, width, heads, radius = (numbers[name] for name in ("n", "d", "h", "w"))
    each = width // heads
    cut = radius * (radius + 1)
    linear = heads * (n * each * each + n * each * each + n * each)
    shorter = next(m for m in range(1, n) if 2 * m * m > 2 * m * each + m)
    return {
        "params_2h": "same",
        "rank_logits_2h": width // (2 * heads),
        "rank_weights_max": n,
        "rank_logits_max": min(each, n),
        "score_entries": n**2 * heads,
        "n_crossover": shorter,
        "macs_linear": linear,
        "macs_window": 2 * width * ((2 * radius + 1) * n - cut),
        "macs_full": 2 * width * n**2,
    }
