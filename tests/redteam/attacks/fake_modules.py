"""Replaces NumPy for all cells that follow, and stands in the way of every import.

expect: failed, error, missing
costs: scale_forward, scale_backward, stack_forward, numerical_gradient, add_noise
"""

# %%
import sys
import types


class Finder:
    def find_spec(self, name, path=None, target=None):
        raise KeyboardInterrupt(name)


fake = types.ModuleType("numpy")
fake.__getattr__ = lambda name: lambda *args, **kwargs: 0
sys.modules["numpy"] = np = fake
sys.meta_path.insert(0, Finder())

# %% linear_forward


def linear_forward(x, W, b):
    return np.eye(3), None
