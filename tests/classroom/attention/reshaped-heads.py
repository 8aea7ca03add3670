"""Cuts and merges heads by reshape alone; what stands on these two is right."""


def split_heads(X, h):
    N, n, d = X.shape
    return X.reshape(N, h, n, d // h)


def merge_heads(X):
    N, h, n, d_h = X.shape
    return X.reshape(N, n, h * d_h)
