"""Oracle of fold_batchnorm and undo_affine: PyTorch's own fusion of the two layers."""

import numpy as np


def cases(rng):
    """Layers of all sizes, some without a bias."""
    for number in range(24):
        d_out, d_in = rng.integers(1, 8, 2)
        W, params = (rng.integers(-16, 17, shape) / 8 for shape in [(d_out, d_in), (5, d_out)])
        params[0] *= number % 3 > 0  # b; the others are gamma, beta, mean and var
        params[4] = 0.125 + np.abs(params[4])
        yield {"W": W, "params": params, "eps": float(rng.choice([1e-5, 1e-3, 0.25, 2.0]))}


def torch_says(case):
    """fuse_linear_bn_weights; and that batch norm with these gamma and beta does nothing."""
    import torch
    from torch.nn.utils.fusion import fuse_linear_bn_weights

    W, eps = torch.tensor(case["W"]), case["eps"]
    b, gamma, beta, mean, var = (torch.tensor(array) for array in case["params"])
    fused = fuse_linear_bn_weights(W, b, mean, var, eps, gamma, beta)
    undone = torch.sqrt(var + eps)
    same = torch.nn.functional.batch_norm(W.T, mean, var, undone, mean, eps=eps)
    assert torch.allclose(same, W.T, rtol=1e-12, atol=1e-12)
    W_folded, b_folded = (part.detach().numpy() for part in fused)
    return {"W": W_folded, "b": b_folded, "undone": np.stack([undone.numpy(), mean.numpy()])}


def we_say(solutions, case):
    """Both functions."""
    W, b = solutions.fold_batchnorm(case["W"], *case["params"], case["eps"])
    return {
        "W": W,
        "b": b,
        "undone": np.stack(solutions.undo_affine(*case["params"][3:], case["eps"])),
    }
