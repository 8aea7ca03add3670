"""Oracle of the cheaper relatives: window, linear and block attention in their quadratic forms."""

import numpy as np


def cases(rng):
    for _ in range(24):
        n, d_k, d_v = (int(size) for size in rng.integers([2, 1, 1], [10, 5, 5]))
        shapes = {"Q": (n, d_k), "K": (n, d_k), "V": (n, d_v)}
        case = {name: rng.integers(-24, 25, shape) / 8 for name, shape in shapes.items()}
        yield {**case, "radius": int(rng.integers(0, n + 2)), "block": int(rng.integers(1, n + 2))}


def torch_says(case):
    import torch
    from torch.nn.functional import elu, scaled_dot_product_attention

    Q, K, V = (torch.tensor(case[name]) for name in "QKV")
    i = torch.arange(len(Q))
    window = (i[:, None] - i).abs() <= case["radius"]
    weights = (elu(Q) + 1) @ (elu(K) + 1).T
    block = i // case["block"]
    own = block[:, None] == block
    others = torch.unique(block)
    summary = (block == others[:, None]).double()
    sizes = summary.sum(dim=1)
    means = summary / sizes[:, None]
    far = torch.where(block[:, None] == others, -torch.inf, sizes.log())
    near = torch.where(own, 0.0, -torch.inf).double()
    bias = torch.cat([near, far], dim=1)
    keys, values = torch.cat([K, means @ K]), torch.cat([V, means @ V])
    answer = {
        "window": scaled_dot_product_attention(Q, K, V, attn_mask=window),
        "linear": weights @ V / weights.sum(dim=1, keepdim=True),
        "causal": weights.tril() @ V / weights.tril().sum(dim=1, keepdim=True),
        "block": scaled_dot_product_attention(Q, keys, values, attn_mask=bias),
        "scores": torch.isfinite(bias).sum(dim=1),
    }
    return {name: value.numpy() for name, value in answer.items()}


def we_say(solutions, case):
    args = case["Q"], case["K"], case["V"]
    block, scores = solutions.block_attention(*args, case["block"])
    return {
        "window": solutions.window_attention(*args, case["radius"]),
        "linear": solutions.linear_attention(*args),
        "causal": solutions.linear_attention(*args, causal=True),
        "block": block,
        "scores": np.array(scores),
    }
