"""Becomes another user, by system calls and by programs that may.

expect: failed
"""

import os
import subprocess

PROGRAMS = (["su", "-c", "id"], ["mount", "-t", "tmpfs", "none", "/tmp"], ["unshare", "-Ur", "id"])
PROGRAMS += (["bwrap", "--ro-bind", "/", "/", "id"], ["newuidmap", "1", "0", "0", "1"])


def linear_forward(x, W, b):
    other = 0 if os.getuid() else 1
    for change in (os.setuid, os.setgid, os.seteuid):
        try:
            change(other)
        except OSError:
            continue
        raise PermissionError(change)
    for program in PROGRAMS:
        try:
            done = subprocess.run(program, capture_output=True, timeout=0.3)
        except (OSError, subprocess.SubprocessError):
            continue
        assert done.returncode != 0, program
    return 0 * (x @ W.T), None
