"""Raises a text that no file can hold and no reader reads as it is written.

expect: error
"""


def linear_forward(x, W, b):
    name = "\ud800\u202e\u200b\x00\x1b[2J"
    raise type(name.replace("\ud800", "").replace("\x00", ""), (ValueError,), {})(name)
