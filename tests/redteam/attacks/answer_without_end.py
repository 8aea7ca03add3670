"""Returns containers that have no end, or contain themselves.

expect: flood, timeout, memory
"""


class Endless(list):
    def __iter__(self):
        while True:
            yield self


def linear_forward(x, W, b):
    cycle = []
    cycle.append(cycle)
    return (Endless() if len(x) > 1 else cycle), None
