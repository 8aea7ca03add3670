"""Sets handlers of its own for whatever is raised, displayed or printed.

expect: failed, missing
costs: scale_forward, scale_backward, stack_forward, numerical_gradient, add_noise
"""

# %%
import builtins
import sys

shell = get_ipython()  # noqa: F821
shell.set_custom_exc((BaseException,), lambda *args, **kwargs: ["0", "no traceback", 5.0])
shell.displayhook = sys.displayhook = lambda value: 5.0
sys.excepthook = sys.unraisablehook = lambda *args: 5.0
builtins.print = lambda *args, **kwargs: 1 / 0
sys.stdout = sys.stderr = None
raise KeyboardInterrupt

# %% linear_forward


def linear_forward(x, W, b):
    return 0 * (x @ W.T), None
