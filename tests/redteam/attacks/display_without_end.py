"""Displays until nothing more is kept, its bounds removed.

expect: failed
"""

# %%
collector = get_ipython().collector  # noqa: F821
collector.limit = collector.room = 10**12
for i in range(100_000):
    print("x" * 100, i)

# %% linear_forward


def linear_forward(x, W, b):
    return 0 * (x @ W.T), None
