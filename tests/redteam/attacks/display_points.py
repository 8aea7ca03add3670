"""Displays a number where a grader reads the score, in the cell and in the call.

expect: failed
"""

import sys


def linear_forward(x, W, b):
    sys.displayhook(3.0)
    get_ipython().display_pub.publish({"text/plain": "3.0"})  # noqa: F821
    return 0 * (x @ W.T), None


3.0
