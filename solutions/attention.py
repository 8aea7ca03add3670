"""Attention, forward and backward, its cheaper relatives, and what they cost: the solutions."""

from typing import Any

import numpy as np


def softmax(z: np.ndarray, axis: int = -1) -> np.ndarray:
    """Turn logits into weights that are 0 or more and sum to 1 along an axis.

    The weight of an entry is exp(z) divided by the sum of exp(z) over its slice along the axis;
    slices do not depend on each other. The weights stay exact however large or small the logits
    are, in one slice or from slice to slice: no overflow, no 0 / 0, no nan. z is not modified.

    Parameters
    ----------
    z : ndarray of floats, any shape with at least one axis
        Logits of any size, such as 1000 or -1e5. They are finite, or -inf: such an entry gets the
        weight 0, whatever the others are. Every slice along the axis has at least one finite entry.
    axis : int
        The axis to normalise along; negative numbers count from the last axis.

    Returns
    -------
    p : ndarray, the shape of z

    References
    ----------
    Goodfellow, Bengio and Courville (2016), "Deep Learning", section 4.1, on overflow.
    """
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    p: np.ndarray = e / e.sum(axis=axis, keepdims=True)
    return p


def softmax_backward(dp: np.ndarray, p: np.ndarray, axis: int = -1) -> np.ndarray:
    """Give the gradient of sum(dp * softmax(z, axis)) with respect to z.

    The Jacobian of one slice is diag(p) - p p^T. No argument is modified.

    Parameters
    ----------
    dp : ndarray of floats, the shape of p
        Gradient of the loss with respect to p; its entries can have any sign and size.
    p : ndarray of floats, any shape with at least one axis
        The weights softmax(z, axis). Some may be 0 or 1, by rounding or because their logit was
        -inf: the gradient is finite all the same.
    axis : int
        The axis that softmax normalised along.

    Returns
    -------
    dz : ndarray, the shape of p

    References
    ----------
    Goodfellow, Bengio and Courville (2016), "Deep Learning", section 6.2.
    """
    dz: np.ndarray = p * (dp - (dp * p).sum(axis=axis, keepdims=True))
    return dz


def attention_forward(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Let every query average the values, with weights that say how well the keys fit.

    The logits are Q K^T / sqrt(d_k). Each query has one softmax, over the keys it may attend to;
    keys that it may not attend to get the weight 0 exactly. A query that may attend to no key at
    all gets zeros: its row of out is 0, not nan. The entries of Q, K and V are finite, and logits
    may be of any finite size, masked ones too: 1e10, or all of them -1e10. No argument is modified.

    Q, K and V have the same leading batch axes: none, or any number of them. Every entry of these
    axes is a problem of its own.

    Parameters
    ----------
    Q : ndarray of floats, shape (..., L, d_k)
        L queries.
    K : ndarray of floats, shape (..., S, d_k)
        S keys; S may differ from L.
    V : ndarray of floats, shape (..., S, d_v)
        One value for every key; d_v may differ from d_k.
    mask : ndarray of bool, or None
        Any shape that broadcasts to (..., L, S), such as (L, S), (S,) or (N, 1, S). True where the
        query may attend to the key. None: every query may attend to every key.

    Returns
    -------
    out : ndarray, shape (..., L, d_v)
    cache : tuple
        Whatever your `attention_backward` needs.

    References
    ----------
    Vaswani and others (2017), "Attention is all you need", section 3.2.1; lecture, "Attention
    Mechanisms in Layers", section "Self-Attention Theory".
    """
    logits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    allowed = np.broadcast_to(True if mask is None else mask, logits.shape)
    nothing = ~allowed.any(axis=-1, keepdims=True)
    P = softmax(np.where(allowed | nothing, logits, -np.inf))
    P = np.where(nothing, 0.0, P)
    return P @ V, (Q, K, V, P)


def attention_backward(
    dout: np.ndarray, cache: tuple[Any, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) with respect to Q, K and V.

    Here `out` is what `attention_forward(Q, K, V, mask)` returned together with `cache`, for any
    leading batch axes, any mask and logits of any finite size. The gradients are exact and finite.
    What is masked has no influence, so it adds nothing to any gradient; a query that may attend to
    no key has a row of zeros in dQ and adds nothing to dK and dV. Nothing is modified, neither dout
    nor what the cache holds: a second call with the same arguments gives the same answer. Several
    caches can be in use at a time: go by the one that is given.

    Parameters
    ----------
    dout : ndarray of floats, shape (..., L, d_v)
        Gradient of the loss with respect to out; its entries can have any sign and size.
    cache : tuple
        The second value of `attention_forward`, as your own function returned it. The caller
        changes neither the arguments nor out between the two passes.

    Returns
    -------
    dQ : ndarray, shape (..., L, d_k)
    dK : ndarray, shape (..., S, d_k)
    dV : ndarray, shape (..., S, d_v)

    References
    ----------
    Vaswani and others (2017), "Attention is all you need", section 3.2.1. The lecture has the
    forward pass only.
    """
    Q, K, V, P = cache
    dP = dout @ np.swapaxes(V, -1, -2)
    dS = softmax_backward(dP, P) / np.sqrt(Q.shape[-1])
    dQ = dS @ K
    dK = np.swapaxes(dS, -1, -2) @ Q
    dV = np.swapaxes(P, -1, -2) @ dout
    return dQ, dK, dV


def self_attention_forward(
    X: np.ndarray,
    Wq: np.ndarray,
    Wk: np.ndarray,
    Wv: np.ndarray,
    mask: np.ndarray | None = None,
) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Let the tokens of a sequence attend to each other, through queries, keys and values.

    Q = X Wq, K = X Wk and V = X Wv, without biases, go through the attention of
    `attention_forward`: logits may be of any finite size, and a token that may attend to none gets
    zeros. Note that the weights stand on the right and have their inputs first, as in the lecture.
    No argument is modified.

    Parameters
    ----------
    X : ndarray of floats, shape (..., n, d)
        Sequences of n tokens, one token per row; no leading batch axes, or any number of them.
    Wq, Wk : ndarray of floats, shape (d, d_k)
        The weights of the queries and of the keys.
    Wv : ndarray of floats, shape (d, d_v)
        Those of the values. d, d_k and d_v may all differ. The same weights serve all sequences.
    mask : ndarray of bool, or None
        Any shape that broadcasts to (..., n, n). True where the token of the row may attend to the
        token of the column. None: every token may attend to every token.

    Returns
    -------
    out : ndarray, shape (..., n, d_v)
    cache : tuple
        Whatever your `self_attention_backward` needs.

    References
    ----------
    Lecture, "Attention Mechanisms in Layers", section "Self-Attention Theory".
    """
    out, inner = attention_forward(X @ Wq, X @ Wk, X @ Wv, mask)
    return out, (X, Wq, Wk, Wv, inner)


def self_attention_backward(
    dout: np.ndarray, cache: tuple[Any, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) with respect to X, Wq, Wk and Wv.

    Here `out` is what `self_attention_forward(X, Wq, Wk, Wv, mask)` returned together with `cache`,
    for any leading batch axes and any mask, also one that lets a token attend to none. The
    gradients are exact and finite; those of the weights are sums over all sequences. Nothing is
    modified, neither dout nor what the cache holds: a second call with the same arguments gives the
    same answer. Several caches can be in use at a time: go by the one that is given.

    Parameters
    ----------
    dout : ndarray of floats, shape (..., n, d_v)
        Gradient of the loss with respect to out; its entries can have any sign and size.
    cache : tuple
        The second value of `self_attention_forward`, as your own function returned it. The caller
        changes neither the arguments nor out between the two passes.

    Returns
    -------
    dX : ndarray, shape (..., n, d)
    dWq : ndarray, shape (d, d_k)
    dWk : ndarray, shape (d, d_k)
    dWv : ndarray, shape (d, d_v)

    References
    ----------
    Lecture, "Attention Mechanisms in Layers", section "Self-Attention Theory" (forward only).
    """
    X, Wq, Wk, Wv, inner = cache
    dQ, dK, dV = attention_backward(dout, inner)
    dX = dQ @ Wq.T + dK @ Wk.T + dV @ Wv.T
    tokens = X.reshape(-1, X.shape[-1])
    dWq = tokens.T @ dQ.reshape(-1, Wq.shape[1])
    dWk = tokens.T @ dK.reshape(-1, Wk.shape[1])
    dWv = tokens.T @ dV.reshape(-1, Wv.shape[1])
    return dX, dWq, dWk, dWv


def split_heads(X: np.ndarray, h: int) -> np.ndarray:
    """Cut the features of every token into h heads.

    Head number k, counted from 0, gets the consecutive features k d/h, ..., (k + 1) d/h - 1 of
    every token. X is not modified.

    Parameters
    ----------
    X : ndarray of floats, shape (N, n, d)
        N sequences of n tokens with d features.
    h : int
        The number of heads, at least 1.

    Returns
    -------
    heads : ndarray, shape (N, h, n, d/h)

    Raises
    ------
    ValueError
        If d is not a multiple of h.

    References
    ----------
    Vaswani and others (2017), "Attention is all you need", section 3.2.2.
    """
    N, n, d = X.shape
    return X.reshape(N, n, h, d // h).transpose(0, 2, 1, 3)


def merge_heads(X: np.ndarray) -> np.ndarray:
    """Put the heads of every token side by side again: the inverse of `split_heads`.

    The features of a token are those of its head 0, then those of head 1, and so on. X is not
    modified.

    Parameters
    ----------
    X : ndarray of floats, shape (N, h, n, d_h)
        h heads of N sequences of n tokens, with d_h features each.

    Returns
    -------
    merged : ndarray, shape (N, n, h d_h)

    References
    ----------
    Vaswani and others (2017), "Attention is all you need", section 3.2.2.
    """
    N, h, n, d_h = X.shape
    return X.transpose(0, 2, 1, 3).reshape(N, n, h * d_h)


def multihead_forward(
    X: np.ndarray,
    Wq: np.ndarray,
    Wk: np.ndarray,
    Wv: np.ndarray,
    Wo: np.ndarray,
    h: int,
    mask: np.ndarray | None = None,
) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Let the tokens attend to each other in h heads at once, and mix what the heads found.

    X Wq, X Wk and X Wv are cut into heads as `split_heads` does; each head is an attention of its
    own, as in `attention_forward`, with its own softmax and scaled by the square root of its own
    d_k; the outputs of the heads stand side by side as in `merge_heads`, and are multiplied by Wo
    from the right. There are no biases. Logits may be of any finite size. Where a token may attend
    to none in a head, the output of that head is 0 for it; its other heads are as ever. No argument
    is modified.

    Parameters
    ----------
    X : ndarray of floats, shape (N, n, d)
        N sequences of n tokens.
    Wq, Wk : ndarray of floats, shape (d, h d_k)
        Head k has the columns k d_k, ..., (k + 1) d_k - 1.
    Wv : ndarray of floats, shape (d, h d_v)
        Head k has the columns k d_v, ..., (k + 1) d_v - 1.
    Wo : ndarray of floats, shape (h d_v, d_out)
        Mostly all four matrices are (d, d), so d_k = d_v = d/h; here d, h d_k, h d_v and d_out may
        all differ.
    h : int
        The number of heads, at least 1.
    mask : ndarray of bool, or None
        Any shape that broadcasts to (N, h, n, n), such as (n, n) for all heads of all sequences,
        (N, 1, 1, n) or (h, n, n). True where the token of the row may attend to the token of the
        column. None: every token may attend to every token.

    Returns
    -------
    out : ndarray, shape (N, n, d_out)
    cache : tuple
        Whatever your `multihead_backward` needs.

    References
    ----------
    Vaswani and others (2017), "Attention is all you need", section 3.2.2; lecture, "Attention
    Mechanisms in Layers", section "Multi-Head Attention".
    """
    Q, K, V = split_heads(X @ Wq, h), split_heads(X @ Wk, h), split_heads(X @ Wv, h)
    heads, inner = attention_forward(Q, K, V, mask)
    merged = merge_heads(heads)
    return merged @ Wo, (X, Wq, Wk, Wv, Wo, h, merged, inner)


def multihead_backward(
    dout: np.ndarray, cache: tuple[Any, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) with respect to X, Wq, Wk, Wv and Wo.

    Here `out` is what `multihead_forward(X, Wq, Wk, Wv, Wo, h, mask)` returned together with
    `cache`, for any mask, also one that lets a token attend to none. The gradients are exact and
    finite; those of the weights are sums over all sequences. Nothing is modified, neither dout nor
    what the cache holds: a second call with the same arguments gives the same answer. Several
    caches can be in use at a time: go by the one that is given.

    Parameters
    ----------
    dout : ndarray of floats, shape (N, n, d_out)
        Gradient of the loss with respect to out; its entries can have any sign and size.
    cache : tuple
        The second value of `multihead_forward`, as your own function returned it. The caller
        changes neither the arguments nor out between the two passes.

    Returns
    -------
    dX : ndarray, shape (N, n, d)
    dWq : ndarray, shape (d, h d_k)
    dWk : ndarray, shape (d, h d_k)
    dWv : ndarray, shape (d, h d_v)
    dWo : ndarray, shape (h d_v, d_out)

    References
    ----------
    Vaswani and others (2017), "Attention is all you need", section 3.2.2. The lecture has the
    forward pass only.
    """
    X, Wq, Wk, Wv, Wo, h, merged, inner = cache
    dheads = split_heads(dout @ Wo.T, h)
    dQ, dK, dV = (merge_heads(gradient) for gradient in attention_backward(dheads, inner))
    dX = dQ @ Wq.T + dK @ Wk.T + dV @ Wv.T
    tokens = X.reshape(-1, X.shape[-1])
    dWq = tokens.T @ dQ.reshape(-1, Wq.shape[1])
    dWk = tokens.T @ dK.reshape(-1, Wk.shape[1])
    dWv = tokens.T @ dV.reshape(-1, Wv.shape[1])
    dWo = merged.reshape(-1, Wo.shape[0]).T @ dout.reshape(-1, Wo.shape[1])
    return dX, dWq, dWk, dWv, dWo


def window_attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, radius: int) -> np.ndarray:
    """Let every position attend to its neighbours only: sparse attention with a sliding window.

    Position i attends to the positions j with |i - j| <= radius, itself included; near the ends of
    the sequence the window is shorter, it does not wrap. Weights and scale are those of
    `attention_forward` with this mask, for logits of any size. But work with each window by itself:
    what is outside never meets the query. So a nan reaches only the positions that have it in their
    window, and one among the values reaches all of these. (A matrix of all n^2 logits would also
    make the saving pointless.) No argument is modified.

    Parameters
    ----------
    Q, K : ndarray of floats, shape (n, d_k)
        One query and one key for every position.
    V : ndarray of floats, shape (n, d_v)
        One value for every position.
    radius : int
        0 or more; it may be larger than n, and the window is then the whole sequence.

    Returns
    -------
    out : ndarray, shape (n, d_v)

    References
    ----------
    Child, Gray, Radford and Sutskever (2019), "Generating long sequences with sparse transformers";
    lecture, section "Self-Attention Theory", which names sparse attention.
    """
    n = len(Q)
    out = np.zeros((n, V.shape[1]))
    for i in range(n):
        lo, hi = max(0, i - radius), min(n, i + radius + 1)
        out[i] = softmax(Q[i] @ K[lo:hi].T / np.sqrt(K.shape[1])) @ V[lo:hi]
    return out


def linear_attention(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, causal: bool = False
) -> np.ndarray:
    """Average the values with weights phi(q) . phi(k) in place of a softmax, in linear time.

    phi works entry by entry: phi(z) = z + 1 for z > 0 and exp(z) for z <= 0, which is elu(z) + 1.
    The weights of a query are divided by their sum, so its output is a weighted average of the
    values:

        out_i = sum_j (phi(q_i) . phi(k_j)) v_j / sum_j (phi(q_i) . phi(k_j))

    with j over all keys; with causal=True only over j <= i, itself included. Logits are not
    scaled by sqrt(d_k). Because the sums over j can be taken before they meet q_i, no matrix of
    size L S is needed. With causal=True, later positions never meet an earlier query: even a nan in
    them does not reach its output. No argument is modified.

    Parameters
    ----------
    Q : ndarray of floats, shape (L, d_k)
        L queries. The entries of Q and K lie between -30 and 10,000, but for the nan above; all may
        be near -30, and out is as exact there as elsewhere.
    K : ndarray of floats, shape (S, d_k)
        S keys; S may differ from L.
    V : ndarray of floats, shape (S, d_v)
        One value for every key; d_v may differ from d_k.
    causal : bool
        Whether a position is kept from looking ahead. If True, L = S.

    Returns
    -------
    out : ndarray, shape (L, d_v)

    References
    ----------
    Katharopoulos, Vyas, Pappas and Fleuret (2020), "Transformers are RNNs: fast autoregressive
    transformers with linear attention".
    """
    q = np.where(Q > 0, Q + 1, np.exp(np.minimum(Q, 0)))
    k = np.where(K > 0, K + 1, np.exp(np.minimum(K, 0)))
    if not causal:
        return (q @ (k.T @ V)) / (q @ k.sum(axis=0))[:, None]
    out = np.zeros((len(Q), V.shape[1]))
    S, z = np.zeros((K.shape[1], V.shape[1])), np.zeros(K.shape[1])
    for i in range(len(Q)):
        S += np.outer(k[i], V[i])
        z += k[i]
        out[i] = q[i] @ S / (q[i] @ z)
    return out


def attention_cost(n: int, d_model: int, h: int) -> dict[str, int]:
    """Count what one layer of multi-head self-attention costs, for one sequence of n tokens.

    The layer is that of `multihead_forward` without a mask: Wq, Wk, Wv and Wo all have the shape
    (d_model, d_model), there are no biases, and every head has d_k = d_v = d_model / h. One
    multiply-add is one multiplication together with the addition of its result to a sum. Only
    those of matrix products count: not the softmax, not the scaling.

    Parameters
    ----------
    n : int
        The number of tokens.
    d_model : int
        The number of features of a token, a multiple of h.
    h : int
        The number of heads.

    Returns
    -------
    cost : dict of int
        "params": the number of weights of the layer.
        "projection_macs": the multiply-adds of the products with Wq, Wk, Wv and Wo.
        "score_macs": the multiply-adds of Q K^T and of the weights times V, over all heads.
        "score_entries": how many numbers the attention matrices (the softmax weights) of all heads
        hold together.

    References
    ----------
    Vaswani and others (2017), "Attention is all you need", section 4. The lecture, section
    "Self-Attention Theory", gives the time as the space of the attention matrix.
    """
    d_k = d_model // h
    return {
        "params": 4 * d_model * d_model,
        "projection_macs": 4 * n * d_model * d_model,
        "score_macs": 2 * h * n * n * d_k,
        "score_entries": h * n * n,
    }


def block_attention(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, block: int
) -> tuple[np.ndarray, list[int]]:
    """Attend to the near exactly and to the far in summary: hierarchical attention of two levels.

    The positions are cut into consecutive blocks of `block` positions, from the start; the last
    block may be shorter. A query has a logit for every key of its own block, q . k / sqrt(d_k), and
    one for every other block: with the mean key kbar of that block and its number of keys m, the
    logit is q . kbar / sqrt(d_k) + log(m), and its value is the mean value of the block. One
    softmax goes over all these logits together; the output is the average of the values with its
    weights. Logits may be of any size. No argument is modified.

    Parameters
    ----------
    Q, K : ndarray of floats, shape (n, d_k)
        One query and one key for every position.
    V : ndarray of floats, shape (n, d_v)
        One value for every position.
    block : int
        At least 1. With block >= n there is one block only, and nothing is summarised.

    Returns
    -------
    out : ndarray, shape (n, d_v)
    scores_per_query : list of int
        How many logits enter the softmax of each query, one number per query, in order.

    References
    ----------
    Zhu and Soricut (2021), "H-Transformer-1D: fast one-dimensional hierarchical attention for
    sequences", for the idea; the rule here is a simpler one. The lecture, section "Self-Attention
    Theory", names hierarchical attention.
    """
    n = len(Q)
    blocks = [slice(start, min(start + block, n)) for start in range(0, n, block)]
    means = [(K[b].mean(axis=0), V[b].mean(axis=0), np.log(b.stop - b.start)) for b in blocks]
    out, scores_per_query = np.zeros((n, V.shape[1])), []
    for own, here in enumerate(blocks):
        far = [summary for other, summary in enumerate(means) if other != own]
        keys = np.array([*K[here], *(key for key, _, _ in far)])
        values = np.array([*V[here], *(value for _, value, _ in far)])
        extra = np.array([0.0] * len(K[here]) + [size for _, _, size in far])
        for i in range(here.start, here.stop):
            out[i] = softmax(Q[i] @ keys.T / np.sqrt(K.shape[1]) + extra) @ values
            scores_per_query.append(len(keys))
    return out, scores_per_query


def attention_mechanisms_numbers(student: str) -> dict[str, int]:
    """Draw the numbers of the question on attention mechanisms for one student.

    Parameters
    ----------
    student : str
        The student's id, the one used for submission.

    Returns
    -------
    numbers : dict of int
        "n" tokens, "d" features, "h" heads, and "w", the radius of a window.
    """
    import hashlib

    draw = hashlib.sha256(f"attention_mechanisms {student}".encode()).digest()
    h = (4, 8)[draw[0] % 2]
    d_k = 12 + 2 * (draw[1] % 10)
    return {"n": 300 + draw[2] % 200, "d": h * d_k, "h": h, "w": 5 + draw[3] % 9}


def attention_mechanisms(numbers: dict[str, int]) -> dict[str, int | str]:
    """Answer the question on attention mechanisms for the numbers you were given.

    A sequence of n tokens with d features goes through h heads, each with d_k = d_v = d/h. Three
    mechanisms can do the work of every head:

    * full: softmax attention, every token attends to all n;
    * window: `window_attention` with radius w, every logit inside a window computed once and none
      outside;
    * linear: `linear_attention`, not causal, computed as phi(Q) (phi(K)^T V), each row divided by
      phi(Q) times the sum of the rows of phi(K).

    One multiply-add is a multiplication and the addition of its result to a sum. All of those in
    matrix and matrix-vector products count, over all h heads; not the projections Wq, Wk, Wv and
    Wo, and not phi, the softmax, scalings, sums or divisions. You may compute the answers or write
    them down as literals: the function is called with your own numbers only.

    Parameters
    ----------
    numbers : dict of int
        "n", "d", "h" and "w", from `attention_mechanisms_numbers`.

    Returns
    -------
    claims : dict
        "macs_full": int, the multiply-adds of full attention.
        "macs_window": int, those of window attention, with the shorter windows at both ends
        counted as they are.
        "macs_linear": int, those of linear attention.
        "n_crossover": int, the smallest number of tokens from which on, with your d and h, linear
        attention takes fewer multiply-adds than full attention.
        "score_entries": int, how many numbers the softmax weights of full attention hold, in all
        heads together.
        "rank_logits_max": int, the largest rank that the (n, n) matrix Q K^T of one head can have.
        "rank_weights_max": int, the largest rank that the (n, n) matrix of softmax weights of one
        head can have, in exact arithmetic.
        "rank_logits_2h": int, the same as "rank_logits_max" with 2 h heads of d / (2 h) features.
        "params_2h": "more", "same" or "fewer": the weights of a multi-head layer (Wq, Wk, Wv and
        Wo) with 2 h heads of d / (2 h) features, compared with one of h heads of d / h features.

    References
    ----------
    Lecture, "Advanced Understanding Questions", the one on attention mechanisms; Bhojanapalli and
    others (2020), "Low-rank bottleneck in multi-head attention models".
    """
    n, d, h, w = numbers["n"], numbers["d"], numbers["h"], numbers["w"]
    d_k = d // h
    pairs = sum(min(n, i + w + 1) - max(0, i - w) for i in range(n))
    return {
        "macs_full": 2 * n * n * d,
        "macs_window": 2 * pairs * d,
        "macs_linear": 2 * n * d * d_k + n * d,
        "n_crossover": d_k + 1,
        "score_entries": h * n * n,
        "rank_logits_max": min(n, d_k),
        "rank_weights_max": n,
        "rank_logits_2h": min(n, d_k // 2),
        "params_2h": "same",
    }
