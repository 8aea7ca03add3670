"""Ends the process in every visible check, so that the notebook starts again and again.

expect: failed
"""

# %%
import builtins
import os

builtins.print = lambda *args, **kwargs: os._exit(3)

# %% linear_forward


def linear_forward(x, W, b):
    return 0 * (x @ W.T), None
