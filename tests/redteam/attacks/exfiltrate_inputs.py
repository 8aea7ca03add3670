"""Puts the hidden inputs into the exception that the feedback shows: its text and its notes.

expect: error
"""


def linear_forward(x, W, b):
    if len(x) == 2:
        return x @ W.T + b, None
    text = ":".join(["LEAK", str(W.tolist())])
    error = ValueError(text)
    error.add_note(text)
    raise error from LookupError(text)
