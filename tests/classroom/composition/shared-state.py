"""Overwrites what is still needed: a list turned round, an array added into, a list used up."""

import numpy as np


class Sequential:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        self.layers.reverse()
        for layer in self.layers:
            dout = layer.backward(dout)
        return dout


class Residual:
    def __init__(self, inner):
        self.inner = inner

    def forward(self, x):
        out = self.inner.forward(x)
        if out.shape != x.shape:
            raise ValueError("shapes differ")
        out += x
        return out

    def backward(self, dout):
        return dout + self.inner.backward(dout)


class DenseBlock:
    def __init__(self, layers):
        self.layers = layers
        self.widths = []

    def forward(self, x):
        for layer in self.layers:
            self.widths.append(x.shape[1])
            x = np.concatenate([x, layer.forward(x)], axis=1)
        return x

    def backward(self, dout):
        for layer in self.layers[::-1]:
            width = self.widths.pop()
            dout = dout[:, :width] + layer.backward(dout[:, width:])
        return dout
