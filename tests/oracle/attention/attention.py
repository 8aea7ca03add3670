"""Oracle of attention: batch axes, masks that broadcast, queries with nothing to attend to."""


def cases(rng):
    """None to three leading batch axes; no mask, or one of several shapes."""
    for number in range(24):
        batch = tuple(int(size) for size in rng.integers(1, 3, number % 4))
        queries, keys, d_k, d_v = (int(size) for size in rng.integers(2, 5, 4))
        sizes = {"Q": (queries, d_k), "K": (keys, d_k), "V": (keys, d_v), "dout": (queries, d_v)}
        case = {name: rng.integers(-16, 17, (*batch, *size)) / 8 for name, size in sizes.items()}
        masks = [(queries, keys), (keys,), (*batch, 1, keys), (*batch, queries, keys)]
        if number < 16:
            case["mask"] = rng.random(masks[number // 4]) < 0.6
        yield case


def torch_says(case):
    """Queries with nothing to attend to get zeros from PyTorch, too, and so do their gradients."""
    import torch

    Q, K, V = (torch.tensor(case[name], requires_grad=True) for name in "QKV")
    mask = None
    if "mask" in case:
        mask = torch.tensor(case["mask"]).broadcast_to((*Q.shape[:-1], K.shape[-2]))
    out = torch.nn.functional.scaled_dot_product_attention(Q, K, V, attn_mask=mask)
    out.backward(torch.tensor(case["dout"]))
    gradients = {"dQ": Q.grad.numpy(), "dK": K.grad.numpy(), "dV": V.grad.numpy()}
    return {"out": out.detach().numpy(), **gradients}


def we_say(solutions, case):
    out, cache = solutions.attention_forward(case["Q"], case["K"], case["V"], case.get("mask"))
    dQ, dK, dV = solutions.attention_backward(case["dout"], cache)
    return {"out": out, "dQ": dQ, "dK": dK, "dV": dV}
