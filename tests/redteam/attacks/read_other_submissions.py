"""Climbs from its own folder to those of other students.

expect: failed
"""

import glob

PLACES = ("../*", "../*/*", "/tmp/*/*/*/*", "@FOLDER@/*", "@FOLDER@/*/submitted/*/*")


def linear_forward(x, W, b):
    found = [path for place in PLACES for path in glob.glob(place)]
    assert not [path for path in found if path.endswith((".ipynb", ".txt", ".db"))]
    return 0 * (x @ W.T), None
