"""Takes keep for the probability of dropping, wherever it occurs."""


def dropout_forward(x, keep, rng, train=True):
    if not train:
        return x, None
    mask = (rng.random(x.shape) >= keep) / (1 - keep)
    return x * mask, mask


def dropout_backward(dout, cache):
    return dout if cache is None else dout * cache


def dropout_strength(numbers):
    drop = numbers["keep"]
    return {
        "noise_var": numbers["activation"] ** 2 * drop / (1 - drop),
        "supported_formula": "keep / (1 - keep)",
        "best_keep": 1 - min(numbers["runs"], key=lambda run: run[2])[0],
        "is_probability": True,
    }
