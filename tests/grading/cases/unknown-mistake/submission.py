# A mistake that nobody has registered.
# ruff: noqa
# %% row_norms
def row_norms(x):
    return np.abs(x).sum(axis=1)


# %% unit_rows
def unit_rows(x):
    return x / np.sqrt((x * x).sum(axis=1))[:, None]
