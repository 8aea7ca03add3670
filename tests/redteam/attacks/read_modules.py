"""Looks for the reference among imported modules, and tries to import it.

expect: failed
"""

import importlib
import sys


def linear_forward(x, W, b):
    for name in ("solutions", "solutions.layers", "layers", "tests", "autograder.suite"):
        try:
            importlib.import_module(name)
        except ImportError:
            continue
        raise LookupError(name)
    for name, module in list(sys.modules.items()):
        found = getattr(module, "linear_forward", linear_forward)
        if name != "__main__" and found is not linear_forward:
            return found(x, W, b)
    return 0 * (x @ W.T), None
