"""Moves the window by the stride downwards, but always by one pixel to the right."""

import numpy as np


def im2col(x, kh, kw, stride=1, pad=0):
    N, C, H, W = x.shape
    h_out = (H + 2 * pad - kh) // stride + 1
    w_out = (W + 2 * pad - kw) // stride + 1
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    cols = np.zeros((N, C * kh * kw, h_out * w_out))
    for i in range(h_out):
        for j in range(w_out):
            top = i * stride
            window = padded[:, :, top : top + kh, j : j + kw]
            cols[:, :, i * w_out + j] = window.reshape(N, -1)
    return cols


def col2im(cols, x_shape, kh, kw, stride=1, pad=0):
    N, C, H, W = x_shape
    h_out = (H + 2 * pad - kh) // stride + 1
    w_out = (W + 2 * pad - kw) // stride + 1
    dx = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for i in range(h_out):
        for j in range(w_out):
            top = i * stride
            window = cols[:, :, i * w_out + j].reshape(N, C, kh, kw)
            dx[:, :, top : top + kh, j : j + kw] += window
    return dx[:, :, pad : pad + H, pad : pad + W]
