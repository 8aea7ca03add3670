# One function never returns.
# ruff: noqa
# %% scale_forward
def scale_forward(x, k):
    while True:
        pass
