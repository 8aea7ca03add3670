"""Takes back the limits that were set for it.

expect: failed
"""

import ctypes
import os
import resource


def linear_forward(x, W, b):
    names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
    for name in names:
        soft, hard = resource.getrlimit(getattr(resource, name))
        if hard == resource.RLIM_INFINITY:
            continue
        try:
            resource.prlimit(0, getattr(resource, name), (soft, hard + 1))
        except (OSError, ValueError):
            continue
        raise PermissionError(name)
    assert ctypes.CDLL(None).prctl(38, 0, 0, 0, 0) < 0
    try:
        os.nice(-5)
    except OSError:
        return 0 * (x @ W.T), None
