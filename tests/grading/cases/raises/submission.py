# Every kind of exception.
# ruff: noqa
# %% row_norms
def row_norms(x):
    return 1 / 0


# %% unit_rows
def unit_rows(x):
    return unit_rows(x)


# %% scale_forward
def scale_forward(x, k):
    raise KeyboardInterrupt


# %% summary
def summary(x):
    if x.size == 0:
        raise KeyError("nothing")
    raise SystemExit(0)
