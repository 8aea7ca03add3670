"""A network of one's own, trained on digits, and how it grows: the reference of `architecture`."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def conv2d_forward(
    x: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0
) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Slide K kernels over every image of a batch, without flipping them (cross-correlation).

    Parameters
    ----------
    x : ndarray of floats, shape (N, C, H, W)
        N images of C channels.
    W : ndarray of floats, shape (K, C, kh, kw)
        K kernels.
    b : ndarray of floats, shape (K,)
        One bias for each kernel.
    stride, pad : int
        How far the window moves, and how many rows and columns of zeros are added on each side.

    Returns
    -------
    out : ndarray, shape (N, K, H_out, W_out)
        H_out = (H + 2 pad - kh) // stride + 1, and W_out likewise.
    cache : tuple
        For `conv2d_backward`.
    """
    K, C, kh, kw = W.shape
    N, _, H, width = x.shape
    padded = np.zeros((N, C, H + 2 * pad, width + 2 * pad))
    padded[:, :, pad : pad + H, pad : pad + width] = x
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]  # (N, C, H_out, W_out, kh, kw)
    h_out, w_out = windows.shape[2:4]
    cols = windows.transpose(1, 4, 5, 0, 2, 3).reshape(C * kh * kw, N * h_out * w_out)
    out = (W.reshape(K, -1) @ cols + b[:, None]).reshape(K, N, h_out, w_out)
    return out.transpose(1, 0, 2, 3), (x.shape, W, cols, stride, pad)


def conv2d_backward(
    dout: np.ndarray, cache: tuple[Any, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) for `conv2d_forward`.

    Parameters
    ----------
    dout : ndarray of floats, the shape of out
        Gradient of the loss with respect to out.
    cache : tuple
        The second value of `conv2d_forward`.

    Returns
    -------
    dx, dW, db : ndarray
        Each of the shape of its argument.
    """
    (N, C, H, width), W, cols, stride, pad = cache
    K, _, kh, kw = W.shape
    h_out, w_out = dout.shape[2:]
    d = dout.transpose(1, 0, 2, 3).reshape(K, -1)
    patches = (W.reshape(K, -1).T @ d).reshape(C, kh, kw, N, h_out, w_out)
    padded = np.zeros((C, N, H + 2 * pad, width + 2 * pad))
    for i in range(kh):
        for j in range(kw):
            down = slice(i, i + stride * h_out, stride)
            right = slice(j, j + stride * w_out, stride)
            padded[:, :, down, right] += patches[:, i, j]
    dx = padded[:, :, pad : pad + H, pad : pad + width].transpose(1, 0, 2, 3)
    return dx, (d @ cols.T).reshape(W.shape), d.sum(axis=1)


def groupnorm_forward(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, groups: int, eps: float = 1e-5
) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Normalise each group of channels of each image by itself, then scale and shift each channel.

    It looks at one image at a time and keeps no running statistics, so it does the same thing in
    training and afterwards. With one group it is layer normalisation, with C groups instance
    normalisation.

    Parameters
    ----------
    x : ndarray of floats, shape (N, C, H, W)
        N images of C channels.
    gamma, beta : ndarray of floats, shape (C,)
        Scale and shift of every channel.
    groups : int
        Divides C.
    eps : float
        Added to the variance.

    Returns
    -------
    out : ndarray, the shape of x
    cache : tuple
        For `groupnorm_backward`.
    """
    grouped = x.reshape(len(x), groups, -1)
    centred = grouped - grouped.mean(axis=2, keepdims=True)
    std = np.sqrt((centred**2).mean(axis=2, keepdims=True) + eps)
    xhat = (centred / std).reshape(x.shape)
    return gamma[:, None, None] * xhat + beta[:, None, None], (xhat, std, gamma, groups)


def groupnorm_backward(
    dout: np.ndarray, cache: tuple[Any, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) for `groupnorm_forward`.

    Parameters
    ----------
    dout : ndarray of floats, the shape of out
        Gradient of the loss with respect to out.
    cache : tuple
        The second value of `groupnorm_forward`.

    Returns
    -------
    dx, dgamma, dbeta : ndarray
        Each of the shape of its argument.
    """
    xhat, std, gamma, groups = cache
    by_group = (len(dout), groups, -1)
    d, h = (dout * gamma[:, None, None]).reshape(by_group), xhat.reshape(by_group)
    along = (d * h).mean(axis=2, keepdims=True)
    dx = (d - d.mean(axis=2, keepdims=True) - h * along) / std
    return dx.reshape(dout.shape), (dout * xhat).sum(axis=(0, 2, 3)), dout.sum(axis=(0, 2, 3))


def relu_forward(x: np.ndarray) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Give max(x, 0), entry by entry.

    Parameters
    ----------
    x : ndarray of floats, any shape
        What the layer receives.

    Returns
    -------
    out : ndarray, the shape of x
    cache : tuple
        For `relu_backward`.
    """
    return np.maximum(x, 0), (x > 0,)


def relu_backward(dout: np.ndarray, cache: tuple[Any, ...]) -> np.ndarray:
    """Give the gradient of sum(dout * out) for `relu_forward`.

    Parameters
    ----------
    dout : ndarray of floats, the shape of out
        Gradient of the loss with respect to out.
    cache : tuple
        The second value of `relu_forward`.

    Returns
    -------
    dx : ndarray, the shape of x
    """
    (positive,) = cache
    return dout * positive


def dropout_forward(
    x: np.ndarray, keep: float, rng: np.random.Generator, train: bool = True
) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Set entries to 0 at random, and divide those that stay by `keep`; only in training.

    Parameters
    ----------
    x : ndarray of floats, any shape
        What the layer receives.
    keep : float
        The probability with which an entry stays, 0 < keep <= 1.
    rng : numpy.random.Generator
        Not used if train is False.
    train : bool
        If False, out is x.

    Returns
    -------
    out : ndarray, the shape of x
    cache : tuple
        For `dropout_backward`.
    """
    mask = (rng.random(x.shape) < keep) / keep if train else np.ones(x.shape)
    return x * mask, (mask,)


def dropout_backward(dout: np.ndarray, cache: tuple[Any, ...]) -> np.ndarray:
    """Give the gradient of sum(dout * out) for `dropout_forward`, with the same mask.

    Parameters
    ----------
    dout : ndarray of floats, the shape of out
        Gradient of the loss with respect to out.
    cache : tuple
        The second value of `dropout_forward`.

    Returns
    -------
    dx : ndarray, the shape of x
    """
    (mask,) = cache
    return dout * mask


def linear_forward(
    x: np.ndarray, W: np.ndarray, b: np.ndarray
) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Map every example x of a batch to W x + b; images are flattened first.

    Parameters
    ----------
    x : ndarray of floats, shape (N, ...)
        d_in numbers for each of the N examples.
    W : ndarray of floats, shape (d_out, d_in)
        The weights.
    b : ndarray of floats, shape (d_out,)
        The bias.

    Returns
    -------
    out : ndarray, shape (N, d_out)
    cache : tuple
        For `linear_backward`.
    """
    flat = x.reshape(len(x), -1)
    return flat @ W.T + b, (x.shape, flat, W)


def linear_backward(
    dout: np.ndarray, cache: tuple[Any, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) for `linear_forward`.

    Parameters
    ----------
    dout : ndarray of floats, shape (N, d_out)
        Gradient of the loss with respect to out.
    cache : tuple
        The second value of `linear_forward`.

    Returns
    -------
    dx, dW, db : ndarray
        Each of the shape of its argument.
    """
    shape, flat, W = cache
    return (dout @ W).reshape(shape), dout.T @ flat, dout.sum(axis=0)


def he_normal(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Draw weights with mean 0 and variance 2 / fan_in, for layers with a ReLU.

    Parameters
    ----------
    shape : tuple of int
        (d_out, d_in) of a linear layer or (K, C, kh, kw) of a convolution.
    rng : numpy.random.Generator
        The only source of random numbers.

    Returns
    -------
    W : ndarray of the given shape
    """
    return rng.standard_normal(shape) * np.sqrt(2.0 / np.prod(shape[1:]))


def softmax_cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """Give the mean cross-entropy loss of a batch, and its gradient with respect to the logits.

    The softmax of a row z of logits is p = exp(z) / sum(exp(z)), and the loss of an example with
    label y is -log(p[y]), the natural logarithm. The loss of the batch is the mean over its N
    examples. The gradient is the one of this mean. No argument is modified.

    Logits may be of any size up to 1e300, such as 1000 or -1000, also both in one row: loss and
    gradient are finite and exact up to rounding. (There exp(z) overflows, or p[y] is 0 in floating
    point, though the loss is an ordinary number, such as 2000. Clipping p, or adding a small number
    inside the logarithm, is not exact.)

    Parameters
    ----------
    logits : ndarray of floats, shape (N, K)
        One row per example and one column per class; N at least 1, K at least 2.
    labels : ndarray of ints, shape (N,)
        The right class of every example, from 0 to K - 1. Not every class need occur.

    Returns
    -------
    loss : float
    dlogits : ndarray, shape (N, K)

    Raises
    ------
    ValueError
        If a label is negative or larger than K - 1.

    References
    ----------
    Goodfellow, Bengio and Courville (2016), "Deep Learning", section 6.2.2.3.
    """
    N, K = logits.shape
    if labels.min() < 0 or labels.max() >= K:
        raise ValueError(f"labels must lie between 0 and {K - 1}")
    rows = np.arange(N)
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dlogits = np.exp(log_p)
    dlogits[rows, labels] -= 1
    return float(-log_p[rows, labels].mean()), dlogits / N


def build_network(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Draw the initial parameters of a network that sorts images of 8 x 8 pixels into 10 classes.

    The architecture is yours, and only your own `network_loss` and `predict` need to know it. A
    good choice is made of the given layers: one or two convolutions, each followed by `groupnorm`
    and ReLU, then dropout and a linear layer with 10 outputs, the logits.

    The whole network lives in `params`, all that `network_loss` and `predict` need to know besides
    their other arguments. Nothing may be remembered in between, in global variables say. (Group
    normalisation needs nothing more. Should you take batch normalisation, its running statistics
    are arrays in params as well: the variances start at 1, `fit` brings them up to date, and
    `network_loss` leaves them alone.)

    Before training, the network must not favour any class: on images of digits (the grader takes
    20) the mean cross-entropy loss, which your `network_loss` gives for train=False, differs from
    log(10) by 0.2 at most. Initialisers such as He's make the logits too large for that: draw the
    weights of the last layer ten times smaller.

    Parameters
    ----------
    rng : numpy.random.Generator
        The only source of random numbers: a generator in the same state gives the same network, one
        in another state gives another network. The call moves rng on, so a second call gives new
        weights.

    Returns
    -------
    params : dict
        From names of your choice (str) to arrays of float64 with at least one axis; at most 100 000
        numbers in all, a few thousand are plenty.

    References
    ----------
    LeCun, Bottou, Bengio and Haffner (1998), "Gradient-based learning applied to document
    recognition"; Wu and He (2018), "Group normalization".
    """
    return {
        "conv1_W": he_normal((8, 1, 3, 3), rng),
        "conv1_b": np.zeros(8),
        "norm1_gamma": np.ones(8),
        "norm1_beta": np.zeros(8),
        "conv2_W": he_normal((16, 8, 3, 3), rng),
        "conv2_b": np.zeros(16),
        "norm2_gamma": np.ones(16),
        "norm2_beta": np.zeros(16),
        "out_W": 0.1 * he_normal((10, 16 * 4 * 4), rng),
        "out_b": np.zeros(10),
    }


def network_loss(
    params: dict[str, np.ndarray],
    x: np.ndarray,
    y: np.ndarray,
    rng: np.random.Generator,
    train: bool,
) -> tuple[float, dict[str, np.ndarray]]:
    """Give the loss of your network on a batch, and its gradients.

    The loss is the mean over the batch of -log(p[y]), where p is the softmax of the ten logits that
    the network gives an image: what your `softmax_cross_entropy` computes. Nothing is added to it,
    no penalty on the weights either. The network has a nonlinearity: its logits are not just an
    affine function of the pixels. No argument is modified but rng, and nothing is remembered from
    call to call.

    With train=True, dropout is active, if you use it. All random numbers come from rng: two calls
    with the same arguments and generators in the same state give the same answer, and the masks do
    not depend on the values in params, x and y. With train=False nothing is random, and the loss of
    every image is the same in every batch: the loss of a batch is the mean of the losses that its
    images have one by one.

    Parameters
    ----------
    params : dict
        With the keys and the shapes of your `build_network`. The numbers need not be those drawn
        there: gradients are asked for at other places, such as biases that are not 0.
    x : ndarray of floats, shape (N, 1, 8, 8)
        The pixels of N images, from 0 (paper) to 1 (ink). N is at least 1.
    y : ndarray of ints, shape (N,)
        Labels from 0 to 9. Not every label need occur.
    rng : numpy.random.Generator
        For dropout.
    train : bool
        Whether this is a step of training, with dropout.

    Returns
    -------
    loss : float
    grads : dict
        With train=True: the same keys as params, and for each the exact gradient of this loss, for
        these dropout masks, with respect to the array in params, of its shape. It is 0 for an array
        on which the loss does not depend (running statistics, for example). With train=False nobody
        looks at grads: it may be an empty dict.

    References
    ----------
    Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov (2014), "Dropout: a simple way to
    prevent neural networks from overfitting".
    """
    p = params
    z1, conv1 = conv2d_forward(x, p["conv1_W"], p["conv1_b"], pad=1)
    n1, norm1 = groupnorm_forward(z1, p["norm1_gamma"], p["norm1_beta"], groups=2)
    a1, relu1 = relu_forward(n1)
    z2, conv2 = conv2d_forward(a1, p["conv2_W"], p["conv2_b"], stride=2, pad=1)
    n2, norm2 = groupnorm_forward(z2, p["norm2_gamma"], p["norm2_beta"], groups=4)
    a2, relu2 = relu_forward(n2)
    kept, dropout = dropout_forward(a2, 0.8, rng, train)
    logits, out = linear_forward(kept, p["out_W"], p["out_b"])
    loss, d = softmax_cross_entropy(logits, y)
    if not train:
        return loss, {}
    grads = {}
    d, grads["out_W"], grads["out_b"] = linear_backward(d, out)
    d = relu_backward(dropout_backward(d, dropout), relu2)
    d, grads["norm2_gamma"], grads["norm2_beta"] = groupnorm_backward(d, norm2)
    d, grads["conv2_W"], grads["conv2_b"] = conv2d_backward(d, conv2)
    d = relu_backward(d, relu1)
    d, grads["norm1_gamma"], grads["norm1_beta"] = groupnorm_backward(d, norm1)
    d, grads["conv1_W"], grads["conv1_b"] = conv2d_backward(d, conv1)
    return loss, grads


def predict(params: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """Give the most probable class of every image.

    It is the label for which your `network_loss` with train=False, on this image alone, is
    smallest. Nothing is random, and what becomes of an image does not depend on the others in the
    batch, nor on earlier calls. No argument is modified.

    Parameters
    ----------
    params : dict
        From `build_network` or `fit`, or any other numbers under the same keys and in the same
        shapes (running variances stay positive).
    x : ndarray of floats, shape (N, 1, 8, 8)
        Pixels from 0 to 1, as for `network_loss`; N is at least 1.

    Returns
    -------
    labels : ndarray of ints, shape (N,)
        From 0 to 9.

    References
    ----------
    Hastie, Tibshirani and Friedman (2009), "The Elements of Statistical Learning", section 2.4: the
    most probable class is the one with the fewest mistakes.
    """
    p = params
    z, _ = conv2d_forward(x, p["conv1_W"], p["conv1_b"], pad=1)
    z, _ = groupnorm_forward(z, p["norm1_gamma"], p["norm1_beta"], groups=2)
    a, _ = relu_forward(z)
    z, _ = conv2d_forward(a, p["conv2_W"], p["conv2_b"], stride=2, pad=1)
    z, _ = groupnorm_forward(z, p["norm2_gamma"], p["norm2_beta"], groups=4)
    a, _ = relu_forward(z)
    logits, _ = linear_forward(a, p["out_W"], p["out_b"])
    return logits.argmax(axis=1)


def fit(
    x: np.ndarray, y: np.ndarray, rng: np.random.Generator, epochs: int
) -> tuple[dict[str, np.ndarray], list[float]]:
    """Train a new network.

    It starts from the parameters that `build_network(rng)` draws, with rng as it is given, before
    anything else is drawn. How they are trained is up to you: minibatches in a new random order in
    every epoch and gradient descent with momentum are enough; other optimisers, weight decay and
    varied images (moved by a pixel, or with a little noise) are welcome. An epoch is one pass
    through the examples. No argument is modified but rng.

    Your network has to learn from x and y alone. The grader may number the digits in another way
    than you are used to, the same for all images: what it calls class 3 may be the sevens.

    For the accuracy, the grader trains with epochs=8 on the 1347 images of the notebook, and
    counts how many of 450 other digits your `predict` sorts rightly: 0.90 of them earn half of the
    points for accuracy, 0.96 all of them, each tried with a training of its own, 0.96 with a
    second one if the first falls short. The call has to take less than 5 seconds of one
    processor; aim for 2 on your own machine.

    Parameters
    ----------
    x : ndarray of floats, shape (N, 1, 8, 8)
        Pixels from 0 to 1. N is at least 1, and need not be a multiple of anything.
    y : ndarray of ints, shape (N,)
        Labels from 0 to 9. Not every label need occur.
    rng : numpy.random.Generator
        The only source of random numbers, see `build_network`; also for the order of the examples
        and for dropout.
    epochs : int
        At least 0; with 0, the parameters stay as they were drawn.

    Returns
    -------
    params : dict
        The trained parameters, with the keys and shapes of `build_network`, float64.
    history : list of float
        One number for each epoch: the loss that your `network_loss` gives for all of x and y, with
        train=False, after this epoch. The last one belongs to the params that are returned. For
        epochs=0 it is empty. On the digits, the loss after the last epoch is less than half of
        the loss after the first (the grader looks at 300 of the images and 8 epochs).

    References
    ----------
    Sutskever, Martens, Dahl and Hinton (2013), "On the importance of initialization and momentum in
    deep learning".
    """
    params = build_network(rng)
    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    history = []
    for epoch in range(epochs):
        lr = 0.03 * (1 - epoch / epochs)
        order = rng.permutation(len(x))
        for start in range(0, len(x), 16):
            batch = order[start : start + 16]
            seen = x[batch] + rng.normal(0, 0.15, x[batch].shape)  # never the same image twice
            _, grads = network_loss(params, seen, y[batch], rng, True)
            for name, gradient in grads.items():
                velocity[name] = 0.9 * velocity[name] - lr * gradient
                params[name] = params[name] + velocity[name]
        history.append(network_loss(params, x, y, rng, False)[0])
    return params, history


def widen(
    W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, mapping: "Sequence[int] | np.ndarray"
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give a hidden layer more units without changing what the network computes.

    The network maps x to W2 phi(W1 x + b1), with any activation function phi that is applied entry
    by entry (a bias behind W2 stays as it is). In the new network, hidden unit j is a copy of the
    old unit mapping[j]: it gets the same weights and the same bias, in the order of `mapping`. The
    copies of a unit share its outgoing weights equally: each has them divided by the number of
    copies of this unit. So every x gives the same output as before. No argument is modified.

    Parameters
    ----------
    W1 : ndarray of floats, shape (h, d_in)
        The weights that lead to the hidden units.
    b1 : ndarray of floats, shape (h,)
        Their biases.
    W2 : ndarray of floats, shape (d_out, h)
        The weights that lead on from them.
    mapping : sequence of int
        For every new unit, the old unit that it copies, from 0 to h - 1: a list, a tuple or an
        array of shape (h_new,). Every old unit occurs at least once, in any order.

    Returns
    -------
    W1_new : ndarray, shape (h_new, d_in)
    b1_new : ndarray, shape (h_new,)
    W2_new : ndarray, shape (d_out, h_new)

    Raises
    ------
    ValueError
        If an old unit does not occur in mapping, or if mapping holds a number that is not an old
        unit: h or more, or negative (NumPy would count that from the end).

    References
    ----------
    Chen, Goodfellow and Shlens (2016), "Net2Net: accelerating learning via knowledge transfer".
    """
    units = np.asarray(mapping)
    if set(units.tolist()) != set(range(len(W1))):
        raise ValueError("mapping must name every old unit, and nothing else")
    copies = np.bincount(units)
    return W1[units], b1[units], W2[:, units] / copies[units]


def deepen(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the weights of a new linear layer that changes nothing where it is inserted.

    The layer maps every h of n entries to W h + b = h. Behind a ReLU, a ReLU may follow on it and
    still nothing changes, because relu(relu(z)) = relu(z). (That is a property of ReLU: behind a
    tanh, a further tanh does change the outputs.)

    Parameters
    ----------
    n : int
        The width of the layer, at least 1.

    Returns
    -------
    W : ndarray of floats, shape (n, n)
    b : ndarray of floats, shape (n,)

    References
    ----------
    Chen, Goodfellow and Shlens (2016), "Net2Net: accelerating learning via knowledge transfer".
    """
    return np.eye(n), np.zeros(n)


def decide(
    grad_norms: "Sequence[float]",
    train: "Sequence[float]",
    val: "Sequence[float]",
    lo: float,
    hi: float,
) -> str:
    """Decide from its history whether a network should grow, shrink or stay as it is.

    Only the last three epochs count; with fewer than three epochs the answer is "keep". Let T and V
    be the mean training loss and the mean validation loss of the last three epochs.

    * The network **underfits** if T is larger than hi.
    * It **overfits** if the gap V - T is larger than hi.
    * Training **is at rest** if all of the last three gradient norms are smaller than lo.

    "grow" if the network underfits, does not overfit, and training is at rest: it can't even fit
    the examples it has seen, and more training at this pace would change little. "shrink" if it
    overfits and does not underfit, at rest or not. In all other cases "keep": small gradients alone
    mean only that training is done; a high training loss alone may still fall; and a network that
    both underfits and overfits has another problem (validation examples of another kind, for
    instance).

    This is a rule of thumb, not a theorem. Small gradients can also come from saturated units or
    from a poor initialisation, where growing does not help; and more data or regularisation may
    serve better than a smaller network. No argument is modified.

    Parameters
    ----------
    grad_norms : sequence of float
        The norm of the gradient of the training loss after each epoch: a list or an array. The
        three histories have the same length, which may be 0, and hold finite numbers.
    train : sequence of float
        The training loss after each epoch.
    val : sequence of float
        The loss on validation examples after each epoch.
    lo : float
        Gradient norms below it count as at rest; > 0.
    hi : float
        The training loss, and the gap, above which you are not content; > 0.

    Returns
    -------
    decision : str
        "grow", "shrink" or "keep".

    References
    ----------
    The lecture's answer ("Advanced Understanding Questions", the one on adaptive architectures)
    adds capacity when gradients saturate, whatever the training loss is, and gives no criterion.
    """
    if len(train) < 3:
        return "keep"
    fitted = float(np.mean(train[-3:]))
    gap = float(np.mean(val[-3:])) - fitted
    underfits, overfits = fitted > hi, gap > hi
    at_rest = max(grad_norms[-3:]) < lo
    if underfits and not overfits and at_rest:
        return "grow"
    if overfits and not underfits:
        return "shrink"
    return "keep"
