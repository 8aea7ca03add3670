"""Reads in what is mounted where the course lies, and who runs the grader.

expect: failed
"""

FILES = ("mountinfo", "mounts", "cgroup", "cmdline", "environ", "maps")


def linear_forward(x, W, b):
    for name in FILES:
        try:
            text = open(f"/proc/self/{name}", errors="replace").read()
        except OSError:
            continue
        assert "@FOLDER@" not in text, name
    return 0 * (x @ W.T), None
