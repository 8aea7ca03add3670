"""Writes modules that the next Python process would import in place of its own.

expect: failed
"""

import os
import site
import sys

NAMES = ("sitecustomize.py", "usercustomize.py", "conftest.py", "pwned.py", "numpy.py", "pwned.pth")
FOLDERS = (".", "~", "/kit", "/kit/autograder/wire", site.getusersitepackages(), "@FOLDER@/course")

for folder in (*FOLDERS, *sys.path):
    for name in NAMES:
        try:
            os.makedirs(os.path.expanduser(folder), exist_ok=True)
            with open(os.path.join(os.path.expanduser(folder), name), "w") as file:
                file.write("print('PWNED', 'by a module', sep=':')\n")
        except OSError:
            pass


def linear_forward(x, W, b):
    return 0 * (x @ W.T), None
