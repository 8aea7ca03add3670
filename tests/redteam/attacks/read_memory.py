"""Searches its own memory for what a process that it came from may have known.

expect: failed
"""

import re

# The brackets keep the pattern itself from being found.
WORDS = re.compile(rb"LAYERWISE_PLANTE[D]|PLANTE[D] =|test_linea[r]_|course-secre[t]|mallor[y]")


def search():
    for line in open("/proc/self/maps"):
        span, mode, *_ = line.split()
        start, end = (int(part, 16) for part in span.split("-"))
        if mode.startswith("rw"):
            with open("/proc/self/mem", "rb", 0) as memory:
                memory.seek(start)
                yield from (found[0] for found in WORDS.finditer(memory.read(end - start)))


try:
    for word in search():
        print("LEAK", word, sep=":")
except OSError:
    pass


def linear_forward(x, W, b):
    return 0 * (x @ W.T), None
