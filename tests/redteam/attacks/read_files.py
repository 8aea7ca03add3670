"""Walks the whole file system for hidden tests, solutions, secrets and gradebooks.

expect: failed
"""

import os

WANTED = ("hidden", "solution", "gradebook", "secret", "token", "layers.", "test_linear")
found = []
for folder, below, files in os.walk("/"):
    below[:] = [name for name in below if name not in ("proc", "usr", "lib", "lib64")]
    for name in files:
        if any(word in name for word in WANTED):
            found.append(os.path.join(folder, name))
            print("LEAK", found[-1], open(found[-1], errors="replace").read()[:500], sep=":")


def linear_forward(x, W, b):
    assert not found
    return 0 * (x @ W.T), None
