"""Adds eps outside the square root, and differentiates that normaliser rightly."""


def normalize(x, axes, eps=1e-5):
    centred = x - x.mean(axis=axes, keepdims=True)
    deviation = x.std(axis=axes, keepdims=True)
    scale = deviation + eps
    return centred / scale, (centred, deviation, scale, axes)


def normalize_backward(dxhat, cache):
    centred, deviation, scale, axes = cache
    mean = dxhat.mean(axis=axes, keepdims=True)
    along = (dxhat * centred).mean(axis=axes, keepdims=True)
    return (dxhat - mean) / scale - centred * along / (deviation * scale**2)
