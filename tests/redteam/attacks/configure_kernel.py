"""Opens the kernel's switches for writing: what runs at a crash, what a module loader is.

expect: failed
"""

import os

SWITCHES = ("sys/kernel/core_pattern", "sys/kernel/modprobe", "sys/vm/overcommit_memory")
SWITCHES += ("sysrq-trigger", "self/oom_score_adj", "1/attr/current")


def linear_forward(x, W, b):
    for path in (*(f"/proc/{name}" for name in SWITCHES), "/sys/kernel/uevent_helper"):
        try:
            os.close(os.open(path, os.O_WRONLY))
        except OSError:
            continue
        assert "self" in path or "attr" in path, path
    return 0 * (x @ W.T), None
