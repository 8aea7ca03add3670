# Mistakes that are registered, in words of the student's own.
# ruff: noqa
# %% unit_rows
def unit_rows(x):
    for row in x:
        row *= 1 / np.linalg.norm(row)
    return x


# %% scale_backward
def scale_backward(dout, cache):
    x, k = cache
    return dout * k, np.mean(dout * x, 0)


# %% summary
def summary(x):
    return {"count": len(x), "mean": np.mean(x)}
