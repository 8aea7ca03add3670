"""Convolution and its matrices: the reference solutions of the assignment `convolution`."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from typing import Any


def conv1d_matrix(k: np.ndarray, n: int, mode: str = "full") -> np.ndarray:
    """Write the convolution with k as a matrix.

    This is true convolution, which runs through the kernel backwards:
    y[i] = sum over j of k[i - j] x[j]. The matrix T has y = T x for every signal x of length n.
    k is not modified.

    Parameters
    ----------
    k : ndarray of floats, shape (m,), m >= 1
        The kernel: shorter than the signal, as long, or longer.
    n : int
        Length of the signal, at least 1.
    mode : str
        "full": outside of its n entries the signal is 0, and outside of its m entries so is the
        kernel. All n + m - 1 outputs in which the two can meet are given, i = 0, ..., n + m - 2, as
        by `np.convolve(k, x)`.
        "circular": the signal lives on a circle, its end is followed by its start:
        y[i] = sum over t = 0, ..., m - 1 of k[t] x[(i - t) mod n], for i = 0, ..., n - 1. So
        T[i, j] is the sum of all k[t] for which i - j - t is a multiple of n. A kernel longer than
        the signal winds around the circle more than once, and all of its m taps count.

    Returns
    -------
    T : ndarray of floats, shape (n + m - 1, n) for "full", (n, n) for "circular"

    Raises
    ------
    ValueError
        If mode is neither "full" nor "circular".

    References
    ----------
    T[i, j] = k[i - j] is constant along its diagonals: lecture, "Convolutional Layer Mathematics",
    section "Convolution as Matrix Operation". Circulant matrices are diagonalised by the discrete
    Fourier transform: Gray (2006), "Toeplitz and circulant matrices: a review".
    """
    if mode not in ("full", "circular"):
        raise ValueError(f"mode must be 'full' or 'circular', not {mode!r}")
    m = len(k)
    rows = n + m - 1 if mode == "full" else n
    T = np.zeros((rows, n))
    for column in range(n):
        for tap in range(m):
            T[(column + tap) % rows, column] += k[tap]
    return T


def im2col(x: np.ndarray, kh: int, kw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    """Copy every window that a kernel of kh x kw sees in a batch of images into a column.

    First, `pad` rows and columns of zeros are added on all four sides of every image. Then the
    window starts in the upper left corner and moves by `stride` in both directions: there are
    H_out = (H + 2 pad - kh) // stride + 1 positions downwards and
    W_out = (W + 2 pad - kw) // stride + 1 to the right. The // rounds down: what is left over below
    or on the right and is too small for another window is dropped. x is not modified.

    Parameters
    ----------
    x : ndarray of floats, shape (N, C, H, W)
        N images of C channels, H pixels high and W wide; all four at least 1, and not square in
        general.
    kh, kw : int
        Height and width of the window, at least 1, not square in general; at most H + 2 pad and
        W + 2 pad.
    stride : int
        At least 1; it may be larger than the window, which then skips some pixels.
    pad : int
        At least 0; it may be larger than the window.

    Returns
    -------
    cols : ndarray, shape (N, C * kh * kw, H_out * W_out)
        Column i * W_out + j of an image is its window in the i-th position from above and the j-th
        from the left, counted from 0. Within a column the channel comes first, then the row of the
        window, then its column: the order in which the kernels W of shape (K, C, kh, kw) become
        rows in `W.reshape(K, -1)`.

    References
    ----------
    Chellapilla, Puri and Simard (2006), "High performance convolutional neural networks for
    document processing"; lecture, "Convolutional Layer Mathematics", section "Convolution as Matrix
    Operation".
    """
    N, C, H, W = x.shape
    h_out = (H + 2 * pad - kh) // stride + 1
    w_out = (W + 2 * pad - kw) // stride + 1
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    cols = np.empty((N, C, kh, kw, h_out, w_out))
    for i in range(kh):
        for j in range(kw):
            down = slice(i, i + stride * h_out, stride)
            right = slice(j, j + stride * w_out, stride)
            cols[:, :, i, j] = padded[:, :, down, right]
    return cols.reshape(N, C * kh * kw, h_out * w_out)


def col2im(
    cols: np.ndarray,
    x_shape: tuple[int, int, int, int],
    kh: int,
    kw: int,
    stride: int = 1,
    pad: int = 0,
) -> np.ndarray:
    """Add every column back to the pixels that it was copied from: the adjoint of im2col.

    For every x of shape x_shape, sum(im2col(x, ...) * cols) = sum(x * col2im(cols, x_shape, ...)),
    with the same kh, kw, stride and pad. So if `cols` holds the gradient with respect to the
    columns, the result is the gradient with respect to the image. A pixel that lies in several
    windows gets the sum of its entries, one that lies in no window gets 0, and what belongs to the
    padding is dropped. cols is not modified. It is not the inverse of im2col.

    Parameters
    ----------
    cols : ndarray of floats, shape (N, C * kh * kw, H_out * W_out)
        Any numbers, in the order of `im2col`.
    x_shape : tuple of int
        (N, C, H, W), the shape of the images without padding.
    kh, kw : int
        Height and width of the window, as for `im2col`.
    stride : int
        At least 1; as for `im2col`, windows may leave out pixels between them, below and on the
        right.
    pad : int
        At least 0; as for `im2col`.

    Returns
    -------
    dx : ndarray, shape x_shape

    References
    ----------
    The matrix of col2im is the transpose of that of im2col, as in every backward pass of a linear
    map: Griewank and Walther (2008), "Evaluating Derivatives", chapter 3.
    """
    N, C, H, W = x_shape
    h_out = (H + 2 * pad - kh) // stride + 1
    w_out = (W + 2 * pad - kw) // stride + 1
    patches = cols.reshape(N, C, kh, kw, h_out, w_out)
    padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for i in range(kh):
        for j in range(kw):
            down = slice(i, i + stride * h_out, stride)
            right = slice(j, j + stride * w_out, stride)
            padded[:, :, down, right] += patches[:, :, i, j]
    return padded[:, :, pad : pad + H, pad : pad + W]


def conv2d_forward(
    x: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0
) -> "tuple[np.ndarray, tuple[Any, ...]]":
    """Slide K kernels over every image of a batch.

    Like the convolution layers of most libraries, this is cross-correlation, the kernel is not
    flipped: out[n, k] at position (i, j) is b[k] plus the sum over c, u and v of
    W[k, c, u, v] padded[n, c, i stride + u, j stride + v], where `padded` is x with `pad` rows and
    columns of zeros added on all four sides. No argument is modified.

    Parameters
    ----------
    x : ndarray of floats, shape (N, C, H, W)
        A batch of images, all sizes at least 1, not square in general.
    W : ndarray of floats, shape (K, C, kh, kw)
        K kernels, each for all C channels, not square in general; kh is at most H + 2 pad and kw at
        most W + 2 pad (with W here for the width).
    b : ndarray of floats, shape (K,)
        One bias for each kernel, added at every position.
    stride : int
        At least 1: how far the window moves in both directions; it may be larger than the kernel.
    pad : int
        At least 0.

    Returns
    -------
    out : ndarray, shape (N, K, H_out, W_out)
        H_out = (H + 2 pad - kh) // stride + 1 and W_out = (W + 2 pad - kw) // stride + 1: windows
        that do not fit completely are dropped, as in `im2col`, which you may use.
    cache : tuple
        Whatever your `conv2d_backward` needs. It is yours: the grader only hands it back.

    References
    ----------
    Goodfellow, Bengio and Courville (2016), "Deep Learning", section 9.1; as a matrix product:
    lecture, "Convolutional Layer Mathematics", section "Convolution as Matrix Operation".
    """
    K, _, kh, kw = W.shape
    h_out = (x.shape[2] + 2 * pad - kh) // stride + 1
    w_out = (x.shape[3] + 2 * pad - kw) // stride + 1
    cols = im2col(x, kh, kw, stride, pad)
    out = W.reshape(K, -1) @ cols + b[:, None]
    return out.reshape(x.shape[0], K, h_out, w_out), (x.shape, W, cols, stride, pad)


def conv2d_backward(
    dout: np.ndarray, cache: "tuple[Any, ...]"
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) with respect to x, W and b.

    Here `out` is what `conv2d_forward(x, W, b, stride, pad)` returned together with `cache`, for
    any stride and padding (0 included), kernels that are not square, and images that the windows do
    not fill. The gradients are exact: nothing is divided by N. Nothing is modified, neither dout
    nor what the cache holds: a second call with the same arguments gives the same answer.

    Parameters
    ----------
    dout : ndarray of floats, shape (N, K, H_out, W_out)
        Gradient of the loss with respect to out; its entries can have any sign and size.
    cache : tuple
        The second value of `conv2d_forward`, as your own function returned it. There may have been
        other forward passes since, with other arguments: only this cache tells which one is meant.
        The caller does not change x, W or b between the two passes: the cache may hold them
        without copying.

    Returns
    -------
    dx : ndarray, the shape of x
        Without padding. Pixels that no window has seen get 0.
    dW : ndarray, the shape of W
    db : ndarray, shape (K,)

    References
    ----------
    LeCun, Bottou, Bengio and Haffner (1998), "Gradient-based learning applied to document
    recognition".
    """
    x_shape, W, cols, stride, pad = cache
    K, _, kh, kw = W.shape
    d = dout.reshape(len(dout), K, -1)
    dx = col2im(W.reshape(K, -1).T @ d, x_shape, kh, kw, stride, pad)
    dW = np.einsum("nko,nco->kc", d, cols).reshape(W.shape)
    db = d.sum(axis=(0, 2))
    return dx, dW, db


def im2col_blowup(H: int, W: int, kh: int, kw: int, stride: int = 1, pad: int = 0) -> float:
    """Tell how many times more numbers im2col(x, kh, kw, stride, pad) holds than x.

    Count the entries of both arrays, those of x without its padding. The ratio is the same for any
    number of images and channels.

    Parameters
    ----------
    H, W : int
        Height and width of the images, not equal in general.
    kh, kw : int
        Height and width of the window, not equal in general; at most H + 2 pad and W + 2 pad.
    stride : int
        At least 1, also larger than the window: windows that do not fit are dropped, as by
        `im2col`.
    pad : int
        At least 0.

    Returns
    -------
    ratio : float
        Less than 1 if x holds more numbers.

    References
    ----------
    The memory that im2col costs: lecture, "Convolutional Layer Mathematics", section "Convolution
    as Matrix Operation", which does not say how much.
    """
    h_out = (H + 2 * pad - kh) // stride + 1
    w_out = (W + 2 * pad - kw) // stride + 1
    return (kh * kw * h_out * w_out) / (H * W)


def sharing_factor(H1: int, W1: int, H2: int, W2: int, kh: int, kw: int) -> dict[str, int | float]:
    """Factorise how many times fewer weights a convolution has than a fully connected layer.

    Both take C1 channels of H1 x W1 pixels to C2 channels of H2 x W2. Between them stands the
    locally connected layer: each output sees a window of kh x kw in all C1 channels, as in a
    convolution, but with weights of its own that it shares with no other output. Only weights are
    counted, no biases; the numbers of channels do not change the ratios.

    Parameters
    ----------
    H1, W1 : int
        Height and width of the input.
    H2, W2 : int
        Height and width of the output, as they are given: what stride and padding lead to them does
        not matter.
    kh, kw : int
        Height and width of the kernel.

    Returns
    -------
    factors : dict
        "locality": float, the weights of the fully connected layer over those of the locally
        connected one.
        "sharing": int (Python's or NumPy's), the weights of the locally connected layer over those
        of the convolution.
        "total": float, the weights of the fully connected layer over those of the convolution.

    References
    ----------
    The reduction factor R: lecture, "Convolutional Layer Mathematics", section "Parameter Sharing
    Analysis".
    """
    locality = H1 * W1 / (kh * kw)
    sharing = H2 * W2
    return {"locality": locality, "sharing": sharing, "total": locality * sharing}


def weight_sharing_numbers(student: str) -> "dict[str, Any]":
    """Draw the numbers of the question on weight sharing for one student.

    Parameters
    ----------
    student : str
        The student's id, the one used for submission.

    Returns
    -------
    numbers : dict
        "H", "W", "C", "K", "kh", "kw" and "images", all different ints, and "statements": a dict
        from the letters "A" to "E" to one statement each.
    """
    import hashlib

    draw = hashlib.sha256(f"weight_sharing {student}".encode()).digest()
    statements = [
        "A detector that is useful at one position is useful at every other: "
        "if the image shifts, the feature map should shift with it.",
        "Positions do not matter: if the image shifts, the feature map should stay as it is.",
        "A feature depends on pixels close to each other; "
        "what it looks like may differ from one part of the image to another.",
        "The pixels of an image are independent of each other, with the same variance.",
        "None: whatever the images and the task, fewer parameters generalise better.",
    ]
    order = sorted(range(5), key=lambda i: draw[16 + i])
    kh, kw = [(3, 5), (5, 3), (3, 7), (7, 3), (5, 7), (7, 5)][draw[0] % 6]
    return {
        "H": 20 + draw[1] % 10,
        "W": 30 + draw[2] % 10,
        "C": [2, 4, 6, 8][draw[3] % 4],
        "K": 9 + draw[4] % 8,
        "kh": kh,
        "kw": kw,
        "images": 50 + draw[5] % 50,
        "statements": {letter: statements[i] for letter, i in zip("ABCDE", order, strict=True)},
    }


def weight_sharing(numbers: "dict[str, Any]") -> "dict[str, int | float | str]":
    """Answer the question on weight sharing for the numbers you were given.

    Three layers take images of C channels, H pixels high and W wide, to feature maps of K channels.
    The convolution has kernels of kh x kw, stride 1 and no padding; the other two have outputs of
    the same shape. The fully connected layer joins every output to every input. The locally
    connected layer joins every output to the same inputs as the convolution does, but nothing is
    shared: each output has its own weights and its own bias. You may compute the answers or write
    them down as literals: the function is called with your own numbers only.

    Now suppose that the best value of one tap of a kernel is the same at all positions of the
    output. In each of `images` training images every position gives one noisy measurement of it;
    the noise is independent, has mean 0 and the same variance everywhere. The locally connected
    layer estimates the tap for each position, by the mean over the measurements made at that
    position. The convolution estimates it once, by the mean over all measurements.

    Parameters
    ----------
    numbers : dict
        "H", "W", "C", "K", "kh", "kw", "images" and "statements", from `weight_sharing_numbers`.

    Returns
    -------
    claims : dict
        "params_fc": int, the number of weights and biases of the fully connected layer.
        "params_local": int, the same for the locally connected layer.
        "params_conv": int, the same for the convolution.
        "variance_ratio": float, the variance of the convolution's estimate of the tap divided by
        that of the locally connected layer's estimate at one position. It is compared to one part
        in a million: write a fraction, such as 1 / 12, and no rounded decimal.
        "assumption": str, the letter of the statement in numbers["statements"] that has to hold for
        one kernel at all positions to be as good as one kernel for each position.

    References
    ----------
    Parameters and statistics of sharing: lecture, "Convolutional Layer Mathematics", section
    "Parameter Sharing Analysis".
    """
    H, W, C, K = (numbers[key] for key in ("H", "W", "C", "K"))
    kh, kw = numbers["kh"], numbers["kw"]
    positions = (H - kh + 1) * (W - kw + 1)
    letters = {text: letter for letter, text in numbers["statements"].items()}
    return {
        "params_fc": K * positions * (H * W * C + 1),
        "params_local": K * positions * (kh * kw * C + 1),
        "params_conv": K * (kh * kw * C + 1),
        "variance_ratio": 1 / positions,
        "assumption": next(letters[text] for text in letters if text.startswith("A detector")),
    }
