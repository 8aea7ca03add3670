"""Raises an exception whose text takes for ever.

expect: timeout
"""


class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


def linear_forward(x, W, b):
    raise Endless
