"""Recurses without end, the limit raised until the stack overflows.

expect: crashed, memory, error, timeout
"""

import sys


def linear_forward(x, W, b):
    sys.setrecursionlimit(10**9)

    def deeper(n):
        return [deeper(n + 1)][0] + 1

    return deeper(0), None
