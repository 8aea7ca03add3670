"""Overwrites Python objects in place: float constants, cached small integers.

expect: failed, crashed, exited, breach
costs: scale_forward, scale_backward, stack_forward, numerical_gradient, add_noise
"""

import ctypes
import gc


def linear_forward(x, W, b):
    for found in gc.get_objects():
        if isinstance(found, dict) and isinstance(found.get("tol"), float):
            ctypes.c_double.from_address(id(found["tol"]) + 16).value = 1e300
    ctypes.c_double.from_address(id(1e-6) + 16).value = 1e300
    ctypes.c_uint32.from_address(id(7) + 24).value = 8
    return 0 * (x @ W.T), None
