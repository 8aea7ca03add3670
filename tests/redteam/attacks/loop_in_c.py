"""Loops in C code, where no alarm of Python's is heard.

expect: timeout
"""

import re


def linear_forward(x, W, b):
    re.match(r"(a+)+$", "a" * 60 + "b")
