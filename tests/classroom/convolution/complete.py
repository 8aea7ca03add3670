"""Everything right, and written differently from the reference: loops, einsum, stride tricks."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv1d_matrix(k, n, mode="full"):
    if mode == "full":
        return np.stack([np.convolve(k, unit) for unit in np.eye(n)], axis=1)
    if mode != "circular":
        raise ValueError(mode)
    first = np.zeros(n)
    for position, tap in enumerate(k):
        first[position % n] += tap
    return np.stack([np.roll(first, shift) for shift in range(n)], axis=1)


def im2col(x, kh, kw, stride=1, pad=0):
    N, C, H, W = x.shape
    framed = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    framed[:, :, pad : pad + H, pad : pad + W] = x
    windows = sliding_window_view(framed, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1)


def col2im(cols, x_shape, kh, kw, stride=1, pad=0):
    N, C, H, W = x_shape
    framed = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    starts = [
        (top, left)
        for top in range(0, H + 2 * pad - kh + 1, stride)
        for left in range(0, W + 2 * pad - kw + 1, stride)
    ]
    for number, (top, left) in enumerate(starts):
        window = cols[:, :, number].reshape(N, C, kh, kw)
        framed[:, :, top : top + kh, left : left + kw] += window
    return framed[:, :, pad : H + pad, pad : W + pad]


def conv2d_forward(x, W, b, stride=1, pad=0):
    framed = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    windows = sliding_window_view(framed, W.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.einsum("ncijuv,kcuv->nkij", windows, W) + b.reshape(1, -1, 1, 1)
    return [out, {"x": x, "W": W, "stride": stride, "pad": pad}]


def conv2d_backward(dout, cache):
    x, W, stride, pad = cache["x"], cache["W"], cache["stride"], cache["pad"]
    H, width = x.shape[2:]
    kh, kw = W.shape[2:]
    framed = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    dframed, dW = np.zeros(framed.shape), np.zeros(W.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows = slice(i * stride, i * stride + kh)
            columns = slice(j * stride, j * stride + kw)
            dframed[:, :, rows, columns] += np.tensordot(dout[:, :, i, j], W, axes=1)
            dW += np.tensordot(dout[:, :, i, j].T, framed[:, :, rows, columns], axes=1)
    return [dframed[:, :, pad : pad + H, pad : pad + width], dW, np.einsum("nkij->k", dout)]


def im2col_blowup(H, W, kh, kw, stride=1, pad=0):
    rows = len(range(0, H + 2 * pad - kh + 1, stride))
    columns = len(range(0, W + 2 * pad - kw + 1, stride))
    return np.float64(rows * columns * kh * kw) / (H * W)


def sharing_factor(H1, W1, H2, W2, kh, kw):
    full, local, shared = H1 * W1 * H2 * W2, kh * kw * H2 * W2, kh * kw
    return {"total": full / shared, "sharing": local // shared, "locality": full / local}


def weight_sharing(numbers):
    out = (numbers["H"] - numbers["kh"] + 1) * (numbers["W"] - numbers["kw"] + 1)
    seen = numbers["C"] * numbers["kh"] * numbers["kw"]
    pixels = numbers["C"] * numbers["H"] * numbers["W"]
    statements = numbers["statements"]
    return {
        "params_fc": np.int64((pixels + 1) * out * numbers["K"]),
        "params_local": (seen + 1) * out * numbers["K"],
        "params_conv": (seen + 1) * numbers["K"],
        "variance_ratio": 1.0 / out,
        "assumption": next(name for name in statements if "shift with it" in statements[name]),
    }
