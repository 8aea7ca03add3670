"""Puts the hidden inputs into the name of the exception's type.

expect: error
"""


def linear_forward(x, W, b):
    if len(x) == 2:
        return x @ W.T + b, None
    name = "_".join(["LEAK", str(abs(W[0, 0])).replace(".", "")])
    raise type(name, (ValueError,), {})
