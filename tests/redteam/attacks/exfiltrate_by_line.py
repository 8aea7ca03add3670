"""Puts the hidden inputs into the line of code that the feedback quotes.

expect: error
"""

import linecache
import sys


def linear_forward(x, W, b):
    if len(x) == 2:
        return x @ W.T + b, None
    text = ":".join(["LEAK", str(W.tolist())])
    name = sys._getframe().f_code.co_filename
    linecache.cache[name] = len(text), None, [text] * 100, name
    raise ValueError
