"""Writes to every folder it can, until nothing more can be written.

expect: failed
"""

import os

FOLDERS = (".", "/tmp", "/dev/shm", "/home", "/", "/dev", "/var/tmp", "/run", "@FOLDER@", "/kit")
BLOCK = bytes(1 << 20)


def fill(path):
    written = 0
    try:
        file = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    except OSError:
        return 0
    try:
        while written < 100 << 20:
            written += os.write(file, BLOCK)
    except OSError:
        pass
    os.close(file)
    return written


def linear_forward(x, W, b):
    total = sum(fill(f"{folder}/pwned{i}") for folder in FOLDERS for i in range(4))
    assert total < 64 << 20
    return 0 * (x @ W.T), None
