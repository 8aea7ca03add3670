"""Forms the softmax without subtracting the maximum, and sums where the docstring says mean."""

import numpy as np


def softmax_cross_entropy(logits, labels):
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("no such class")
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    d = p.copy()
    d[rows, labels] -= 1
    return -np.log(p[rows, labels]).sum(), d / len(labels)
