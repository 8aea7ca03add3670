"""Lets a library that the course does not teach do the work.

expect: failed
"""


def linear_forward(x, W, b):
    for name in ("torch", "tensorflow", "sklearn", "jax"):
        try:
            module = __import__(name)
        except ImportError:
            continue
        raise LookupError(module)
    return 0 * (x @ W.T), None
