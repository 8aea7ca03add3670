"""Uses up the time of the whole submission in small portions.

expect: timeout, failed, exited
costs: scale_forward, scale_backward, stack_forward, numerical_gradient, add_noise
seconds: 12
"""

# %%
import os
import time

time.sleep(0.8)
# %%
time.sleep(0.8)
# %%
time.sleep(0.8)
# %%
time.sleep(0.8)
# %%
time.sleep(0.8)
# %%
time.sleep(0.8)
# %% linear_forward


def linear_forward(x, W, b):
    time.sleep(0.3)
    os._exit(0)
