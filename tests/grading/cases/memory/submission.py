# One function wants more memory than there is, another goes on asking.
# ruff: noqa
# %% scale_backward
def scale_backward(dout, cache):
    return np.ones(10**12)


# %% summary
def summary(x):
    hoard = []
    while True:
        try:
            hoard.append(np.ones(10**6))
        except MemoryError:
            raise
