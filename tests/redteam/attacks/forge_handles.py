"""Gives the grader handles of objects that do not exist.

expect: failed, error, exited, crashed, breach
aims: scale_backward
costs: scale_forward
"""

# %% scale_forward
from autograder.wire import Handle


def scale_forward(x, k):
    return x * k, Handle([10**9, -1, 2**62][len(x) % 3], "ndarray of float64")


# %% scale_backward
def scale_backward(dout, cache):
    return Handle(0, "ndarray of float64"), cache
