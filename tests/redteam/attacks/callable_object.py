"""Is no function but an object that claims to be one of NumPy's.

expect: failed
"""


class Liar:
    __name__ = "linear_forward"
    __module__ = "numpy"

    def __getattr__(self, name):
        return self

    def __call__(self, x, W, b):
        return 0 * (x @ W.T), None


linear_forward = Liar()
