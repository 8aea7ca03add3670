"""Returns an object that raises at the first look at it.

expect: error, failed
"""

import numpy as np


class Meta(type):
    def __instancecheck__(cls, instance):
        raise SystemExit


class Medusa(np.ndarray, metaclass=Meta):
    @property
    def __class__(self):
        raise KeyboardInterrupt

    def __getattribute__(self, name):
        raise GeneratorExit


def linear_forward(x, W, b):
    return (x @ W.T).view(Medusa), None
