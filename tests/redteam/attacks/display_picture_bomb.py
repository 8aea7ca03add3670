"""Displays a picture of ten thousand million pixels in a few bytes.

expect: failed
"""

# %%
import struct

from IPython.display import Image, display

head = struct.pack(">I4sIIBBBBB", 13, b"IHDR", 100_000, 100_000, 8, 2, 0, 0, 0)
display(Image(b"\x89PNG\r\n\x1a\n" + head + bytes(20), format="png"))

# %% linear_forward


def linear_forward(x, W, b):
    return 0 * (x @ W.T), None
