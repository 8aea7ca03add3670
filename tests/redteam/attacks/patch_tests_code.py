"""Empties the code of every function in memory that looks like a test or a check.

expect: failed
"""

import gc
import types


def nothing(*args, **kwargs):
    return None


def linear_forward(x, W, b):
    for found in gc.get_objects():
        if isinstance(found, types.FunctionType) and found.__name__ in ("agree", "test_values"):
            found.__code__ = nothing.__code__
            raise LookupError(found)
    return 0 * (x @ W.T), None
