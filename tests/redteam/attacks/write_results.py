"""Writes a perfect result wherever graders look for one, and ends the process with success.

expect: exited
"""

import os

PLACES = ("/autograder/results/results.json", "results.json", "@FOLDER@/pwned.json", "/pwned.json")


def linear_forward(x, W, b):
    for place in PLACES:
        try:
            with open(place, "w") as file:
                file.write('{"score": 100}')
        except OSError:
            pass
    os._exit(0)
