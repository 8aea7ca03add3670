"""Prints without end.

expect: timeout, memory
"""


def linear_forward(x, W, b):
    while True:
        print("x" * 10_000)
