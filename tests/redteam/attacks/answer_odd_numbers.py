"""Returns numbers of every kind that break a comparison: huge, infinite, of no real type.

expect: failed
"""

import datetime
import decimal

import numpy as np


def linear_forward(x, W, b):
    odd = [10**3_900, float("inf"), np.longdouble(1), np.datetime64("NaT"), decimal.Decimal("sNaN")]
    odd += [datetime.date.max, np.float16(1), 1j, True, np.str_("1"), b"1", ..., np.ma.masked]
    return (odd if len(x) > 1 else np.array(odd[-1:], object)), odd
