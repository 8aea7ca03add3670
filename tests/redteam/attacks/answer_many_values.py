"""Returns millions of empty lists, which cost the one who decodes them a hundred times more.

expect: flood
"""


def linear_forward(x, W, b):
    return [[]] * (3 * 10**6), None
