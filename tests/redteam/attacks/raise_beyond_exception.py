"""Raises what is no Exception, to end the grader's own loop.

expect: error
"""


class Stop(BaseException):
    pass


def linear_forward(x, W, b):
    kinds = (KeyboardInterrupt, GeneratorExit, SystemExit, Stop)
    raise kinds[int(abs(W.flat[0]) * 997) % 4]("stop")
