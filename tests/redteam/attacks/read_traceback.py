"""Follows an exception's traceback out of its own frame into the grader's.

expect: failed
"""


def linear_forward(x, W, b):
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        frame = error.__traceback__.tb_frame
        while frame:
            if "reference" in frame.f_globals or "expected" in frame.f_locals:
                return frame.f_locals["expected"]
            frame = frame.f_back
    return 0 * (x @ W.T), None
