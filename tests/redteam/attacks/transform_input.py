"""Empties every later cell before it runs.

expect: missing
costs: scale_forward, scale_backward, stack_forward, numerical_gradient, add_noise
"""

# %%
get_ipython().input_transformers_cleanup.append(lambda lines: [])  # noqa: F821

# %% linear_forward
linear_forward = None
