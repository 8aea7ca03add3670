"""Reads environment, command line and open files of every process that it can see.

expect: failed
"""

import os


def read(pid, file):
    try:
        return open(f"/proc/{pid}/{file}").read()[:8000]
    except OSError:
        return ""


FILES = ("environ", "maps", "cwd/token.txt", "root/etc/passwd")
try:
    seen = os.listdir("/proc")
except OSError:
    seen = []
others = {name for name in seen if name.isdigit()} | {"1", "2", "@GRADER@", str(os.getppid())}
for pid in others - {str(os.getpid()), "0"}:
    found = [read(pid, file) for file in FILES]
    if any(found) or (pid != "1" and read(pid, "cmdline")):  # the first may be the sandbox's own
        print("LEAK", pid, found, sep=":")
print(read("self", "environ"), read("1", "environ"), read("1", "cmdline"))


def linear_forward(x, W, b):
    assert "@FOLDER@" not in read("1", "cmdline")
    return 0 * (x @ W.T), None
