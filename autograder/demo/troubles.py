"""Code that students in trouble hand in for one exercise: honest accidents and one forger."""

from __future__ import annotations

TROUBLES = {
    "syntax-error": """
def {name}(*arguments)
    return arguments
""",
    "endless-loop": """
def {name}(*arguments):
    while True:
        pass
""",
    "memory-hog": """
def {name}(*arguments):
    hoard = []
    while True:
        hoard.append(bytearray(2**24))
""",
    "crash": """
import os


def {name}(*arguments):
    os.abort()
""",
    "forger": """
import builtins
import pathlib
import sqlite3
import sys

import numpy.testing

# Every test that asks this interpreter whether the answer is right would now hear "yes".
numpy.testing.assert_allclose = lambda *a, **k: None
np.allclose = lambda *a, **k: True
sys.displayhook = builtins.print

for folder in [pathlib.Path.cwd(), *pathlib.Path.cwd().parents]:
    for book in folder.glob("gradebook.db"):
        sqlite3.connect(book).executescript("UPDATE grade SET auto_score = 100;")


def {name}(*arguments):
    frame = sys._getframe()
    while frame:
        for found in [*frame.f_locals.values(), *frame.f_globals.values()]:
            if getattr(found, "__name__", "").startswith("solutions"):
                return getattr(found, "{name}")(*arguments)
        frame = frame.f_back
    return 0.0
""",
}
