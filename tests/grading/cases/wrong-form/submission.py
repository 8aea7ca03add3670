# Nothing, three values instead of two, a dict, a list of lists, a tuple for a dict.
# ruff: noqa
# %% row_norms
def row_norms(x):
    print(np.sqrt((x * x).sum(axis=1)))


# %% unit_rows
def unit_rows(x):
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).tolist()


# %% scale_forward
def scale_forward(x, k):
    return x * k, x, k


# %% scale_backward
def scale_backward(dout, cache):
    return {"dx": dout, "dk": dout}


# %% summary
def summary(x):
    if not x.size:
        raise ValueError
    return x.size, x.mean()
