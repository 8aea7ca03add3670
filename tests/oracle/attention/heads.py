"""Oracle of self-attention and multi-head attention, which is PyTorch's where all is square."""

import numpy as np

NAMES = ("X", "Wq", "Wk", "Wv", "Wo")


def cases(rng):
    """Half of the cases with square weights; every third without a mask, every third causal."""
    for number in range(20):
        N, n, h, d_k = (int(size) for size in rng.integers([1, 2, 1, 2], [3, 4, 3, 3]))
        d, d_v, d_out = (int(size) for size in rng.integers(2, 4, 3))
        if number % 2:
            d, d_v, d_out = h * d_k, d_k, h * d_k
        shapes = [(N, n, d), (d, h * d_k), (d, h * d_k), (d, h * d_v), (h * d_v, d_out)]
        case = {
            name: rng.integers(-16, 17, shape) / 8
            for name, shape in zip(NAMES, shapes, strict=True)
        }
        case |= {"dout": rng.integers(-16, 17, (N, n, d_out)) / 8, "h": h}
        case["dself"] = rng.integers(-16, 17, (N, n, h * d_v)) / 8
        if number % 3:
            random = (rng.random((n, n)) < 0.6) | np.eye(n, dtype=bool)
            case["mask"] = np.tri(n, dtype=bool) if number % 3 == 1 else random
        yield case


def torch_says(case):
    import torch

    weights = [torch.tensor(case[name], requires_grad=True) for name in NAMES]
    mask = torch.tensor(case["mask"]) if "mask" in case else None
    is_square = len({size for W in weights[1:] for size in W.shape}) == 1
    attention = _theirs if is_square else _composed
    out = attention(torch, *weights, case["h"], mask)
    out.backward(torch.tensor(case["dout"]))
    answer = {"out": out.detach().numpy()}
    answer |= {f"d{name}": W.grad.numpy() for name, W in zip(NAMES, weights, strict=True)}
    X, Wq, Wk, Wv = (torch.tensor(case[name], requires_grad=True) for name in NAMES[:4])
    out = torch.nn.functional.scaled_dot_product_attention(X @ Wq, X @ Wk, X @ Wv, attn_mask=mask)
    out.backward(torch.tensor(case["dself"]))
    gradients = {f"self d{n}": W.grad.numpy() for n, W in zip(NAMES, (X, Wq, Wk, Wv), strict=False)}
    return {**answer, "self out": out.detach().numpy(), **gradients}


def _theirs(torch, X, Wq, Wk, Wv, Wo, h, mask):
    """PyTorch's own; its weights are (d_out, d_in), and its masks are True where ours are False."""
    out, _ = torch.nn.functional.multi_head_attention_forward(
        *[X.transpose(0, 1)] * 3,
        embed_dim_to_check=X.shape[2],
        num_heads=h,
        in_proj_weight=torch.cat([Wq.T, Wk.T, Wv.T]),
        in_proj_bias=None,
        bias_k=None,
        bias_v=None,
        add_zero_attn=False,
        dropout_p=0.0,
        out_proj_weight=Wo.T,
        out_proj_bias=None,
        attn_mask=None if mask is None else ~mask,
    )
    return out.transpose(0, 1)


def _composed(torch, X, Wq, Wk, Wv, Wo, h, mask):
    """Head by head, for weights of other shapes."""
    parts = zip(*(W.chunk(h, dim=1) for W in (Wq, Wk, Wv)), strict=True)
    attention = torch.nn.functional.scaled_dot_product_attention
    heads = [attention(X @ q, X @ k, X @ v, attn_mask=mask) for q, k, v in parts]
    return torch.cat(heads, dim=2) @ Wo


def we_say(solutions, case):
    weights, mask = [case[name] for name in NAMES], case.get("mask")
    out, cache = solutions.multihead_forward(*weights, case["h"], mask)
    gradients = solutions.multihead_backward(case["dout"], cache)
    answer = {"out": out}
    answer |= {f"d{name}": g for name, g in zip(NAMES, gradients, strict=True)}
    out, cache = solutions.self_attention_forward(*weights[:4], mask)
    gradients = solutions.self_attention_backward(case["dself"], cache)
    answer |= {f"self d{name}": g for name, g in zip(NAMES, gradients, strict=False)}
    return {**answer, "self out": out}
