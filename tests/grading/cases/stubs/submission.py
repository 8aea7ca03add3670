# Two exercises are as they were handed out; unit_rows calls one of them.
# ruff: noqa
# %% row_norms
def row_norms(x):
    """Give the Euclidean length of every row."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% summary
def summary(x):
    """Count and average."""
    # YOUR CODE HERE
    raise NotImplementedError()
