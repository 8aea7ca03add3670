"""Puts its own code in place of the worker's, which then answers every call at will.

expect: failed
costs: scale_forward, scale_backward, stack_forward, numerical_gradient, add_noise
"""

# %%
from autograder.wire.messages import Returned
from autograder.worker import calls, errors, serve, shell


def answer(self, call):
    values = tuple(0 * value for value in call.args if hasattr(value, "shape"))
    return Returned(call.seq, values, (call.args, call.kwargs))


calls.Caller.answer = answer
errors.location = lambda error: (1, "right")
shell.Shell.run = lambda self, source, figures=True: ([], None)
serve.Server.pid = -1

# %% linear_forward
linear_forward = print
