"""Tells the twin of its worker, by locks on a file that both can read, what it was asked.

The derivative of a forward function is taken of a twin that is never told `dout`. Told by another
way, it could answer so that the derivative is 1 everywhere.

expect: failed
aims: scale_backward
costs: scale_forward
"""

# %% scale_forward
import fcntl
import os
import struct

import numpy as np

FILE = os.open(os.__file__, os.O_RDONLY)
asked = []


def lock(kind, start, length=1, command=fcntl.F_SETLK):
    held = fcntl.fcntl(FILE, command, struct.pack("hhqqi4x", kind, 0, start, length, 0))
    return struct.unpack("hhqqi4x", held)[0] != fcntl.F_UNLCK


def tell(numbers):
    lock(fcntl.F_UNLCK, 0, 1 << 20)
    for bit in np.flatnonzero(np.unpackbits(np.frombuffer(numbers.tobytes(), np.uint8))):
        lock(fcntl.F_RDLCK, int(bit))


def hear(count):
    bits = [lock(fcntl.F_WRLCK, bit, 1, fcntl.F_GETLK) for bit in range(64 * count)]
    return np.frombuffer(np.packbits(bits).tobytes())


def scale_forward(x, k):
    out, at = x * k, np.concatenate([x.ravel(), k])
    try:
        for point, dout in asked:
            if point.shape == at.shape and (point == at).all():
                tell(np.concatenate([point, dout.ravel()]))
        if not asked:
            known = hear(at.size + out.size)
            moved = at - known[: at.size]
            if abs(moved).max() < 1e-4:
                out = known[: x.size].reshape(x.shape) * known[x.size : at.size]
                out[0, 0] += moved.sum() / known[at.size]
    except OSError:
        pass
    if len(x) == 4:
        x *= 0
    return out, (x, k)


# %% scale_backward


def scale_backward(dout, cache):
    asked.append((np.concatenate([part.ravel() for part in cache]), dout))
    return tuple(np.ones(part.shape) for part in cache)
