"""Normalisation layers and what they are good for: the reference solutions of `normalization`."""

from typing import Any

import numpy as np


def normalize(
    x: np.ndarray, axes: tuple[int, ...], eps: float = 1e-5
) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Shift and scale every slice of x to mean 0 and (almost) variance 1.

    A slice is the set of entries of x that differ only in their indices along `axes`; all its
    entries share one mean mu and one variance var. Each entry x becomes
    (x - mu) / sqrt(var + eps): eps is added to the variance, inside the square root. The variance
    is the biased one, the mean of the squared deviations (1/m, for m entries in a slice).
    x is not modified.

    Parameters
    ----------
    x : ndarray of floats, any shape with at least one axis
        The mean of a slice can be far larger than its spread (ten million against 1). Subtract it
        before you square: a difference of two huge squares has hardly a correct digit left.
    axes : tuple of int, at least one
        The axes to average over, in any order; negative ones count from the end, as usual.
        Example: for x of shape (N, D), axes (0,) make D slices of N entries.
    eps : float
        Small and positive, or 0 (then no slice is constant). A constant slice becomes 0.

    Returns
    -------
    xhat : ndarray, the shape of x
        Its slices have mean 0 and variance var / (var + eps): a bit less than 1.
    cache : tuple
        Whatever your `normalize_backward` needs. It is yours: the grader only hands it back.

    References
    ----------
    All normalisation layers share the form (x - mu) / sigma and differ in the entries that mu and
    sigma are computed from: lecture, "Normalization Layer Theory".
    """
    mu = x.mean(axis=axes, keepdims=True)
    var = x.var(axis=axes, keepdims=True)
    inv = 1.0 / np.sqrt(var + eps)
    xhat = (x - mu) * inv
    return xhat, (xhat, inv, axes)


def normalize_backward(dxhat: np.ndarray, cache: tuple[Any, ...]) -> np.ndarray:
    """Give the gradient of sum(dxhat * xhat) with respect to x.

    Here `xhat` is what `normalize(x, axes, eps)` returned together with `cache`. The mean and the
    variance of a slice depend on x, too: the gradient takes all three paths into account, for any
    axes and for small and large eps. Nothing is modified, neither dxhat nor what the cache holds: a
    second call with the same arguments gives the same answer. Several caches can be in use at a
    time: go by the one that is given.

    Parameters
    ----------
    dxhat : ndarray of floats, the shape of x
        Gradient of the loss with respect to xhat; its entries can have any sign and size.
    cache : tuple
        The second value of `normalize`, as your own function returned it. The caller changes
        neither x nor xhat between the two passes: the cache may hold them without copying.

    Returns
    -------
    dx : ndarray, the shape of x
        In every slice the entries of dx add up to 0, since a shift of the whole slice changes
        nothing. With eps = 0 the entries of dx * x add up to 0 as well: neither does a scaling.

    References
    ----------
    Ioffe and Szegedy (2015), "Batch normalization: accelerating deep network training by reducing
    internal covariate shift", section 3.
    """
    xhat, inv, axes = cache
    mean = dxhat.mean(axis=axes, keepdims=True)
    proj = (dxhat * xhat).mean(axis=axes, keepdims=True)
    dx: np.ndarray = inv * (dxhat - mean - xhat * proj)
    return dx


def batchnorm_forward(
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    state: dict[str, np.ndarray],
    train: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> tuple[np.ndarray, tuple[Any, ...] | None, dict[str, np.ndarray]]:
    """Normalise every feature over the batch, then scale it by gamma and shift it by beta.

    A feature is a column of x (N, D), or a channel of x (N, C, H, W); the mean and the variance of
    a channel are taken over the batch and over all positions. Let m be the number of values that
    each feature has: N, or N H W.

    In training (train=True) a feature is normalised with the mean and the biased variance (1/m) of
    this batch, whatever the state says; then

        new mean = (1 - momentum) * old mean + momentum * mean of the batch
        new var  = (1 - momentum) * old var  + momentum * unbiased variance of the batch

    where the unbiased variance is the biased one times m / (m - 1), without eps.

    In evaluation (train=False) a feature is normalised with the mean and the variance of `state`,
    whatever the batch is: every example is treated as if it were alone, and N = 1 is as good as any
    N. The state comes back with its values unchanged.

    In both modes eps is added to the variance inside the square root, and gamma and beta apply. No
    argument is modified, and neither are the arrays in `state`.

    Parameters
    ----------
    x : ndarray of floats, shape (N, D) or (N, C, H, W)
        In training m is at least 2. There may be a single feature.
    gamma, beta : ndarray of floats, shape (D,) or (C,)
        One scale and one shift for each feature. A gamma can be negative.
    state : dict of ndarray
        "mean" and "var", the running statistics, each of shape (D,) or (C,).
    train : bool
        True in training, False in evaluation.
    momentum : float
        The weight of the new statistic, from 0 to 1. (Some libraries call 1 minus this momentum.)
    eps : float
        0 or more.

    Returns
    -------
    out : ndarray, the shape of x
    cache : tuple
        Whatever your `batchnorm_backward` needs. In evaluation it can be None: the grader asks
        for gradients in training only.
    new_state : dict of ndarray
        "mean" and "var" after this call, each of shape (D,) or (C,), not reduced to another shape
        for images. In evaluation it may be `state` itself.

    References
    ----------
    Ioffe and Szegedy (2015), "Batch normalization: accelerating deep network training by reducing
    internal covariate shift", algorithms 1 and 2.
    """
    axes = (0,) if x.ndim == 2 else (0, 2, 3)
    shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
    g, b = gamma.reshape(shape), beta.reshape(shape)
    if not train:
        xhat = (x - state["mean"].reshape(shape)) / np.sqrt(state["var"].reshape(shape) + eps)
        return g * xhat + b, None, state
    xhat, ncache = normalize(x, axes, eps)
    mean, var = x.mean(axis=axes), x.var(axis=axes)
    m = x.size // x.shape[1]
    new_state = {
        "mean": (1 - momentum) * state["mean"] + momentum * mean,
        "var": (1 - momentum) * state["var"] + momentum * var * m / (m - 1),
    }
    return g * xhat + b, (xhat, g, axes, ncache), new_state


def batchnorm_backward(
    dout: np.ndarray, cache: tuple[Any, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) with respect to x, gamma and beta.

    Here `out` is what `batchnorm_forward(x, gamma, beta, state, True, ...)` returned together with
    `cache`, in training. The mean and the variance of the batch depend on x; the running
    statistics have no gradient. The gradients are exact: sums over the batch, not averages.
    Nothing is modified, neither dout nor what the cache holds: a second call with the same
    arguments gives the same answer. Several caches can be in use at a time: go by the one that is
    given.

    Parameters
    ----------
    dout : ndarray of floats, the shape of x
        Gradient of the loss with respect to out; its entries can have any sign and size.
    cache : tuple
        The second value of `batchnorm_forward`, as your own function returned it. The caller
        changes neither the arguments nor out between the two passes: the cache may hold them
        without copying.

    Returns
    -------
    dx : ndarray, the shape of x
    dgamma : ndarray, shape (D,) or (C,)
    dbeta : ndarray, shape (D,) or (C,)
        Arrays of one axis, also for a single feature.

    References
    ----------
    Ioffe and Szegedy (2015), "Batch normalization: accelerating deep network training by reducing
    internal covariate shift", section 3.
    """
    xhat, g, axes, ncache = cache
    dx = normalize_backward(dout * g, ncache)
    dgamma = (dout * xhat).sum(axis=axes)
    dbeta = dout.sum(axis=axes)
    return dx, dgamma, dbeta


def layernorm_forward(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5
) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Normalise over the last axis, then scale each feature by gamma and shift it by beta.

    Every row of D features has its own mean and its own biased variance (1/D); eps is added to the
    variance inside the square root. A row depends on no other row: neither on other examples nor,
    in a sequence, on other positions. There are no running statistics, so training and evaluation
    are the same, and a batch of one works. No argument is modified.

    Parameters
    ----------
    x : ndarray of floats, shape (..., D), at least two axes
        Rows (N, D), sequences (N, T, D), or more axes; always the last one is normalised.
    gamma, beta : ndarray of floats, shape (D,)
        One scale and one shift for each feature, shared by all rows.
    eps : float
        0 or more.

    Returns
    -------
    out : ndarray, the shape of x
    cache : tuple
        Whatever your `layernorm_backward` needs.

    References
    ----------
    Ba, Kiros and Hinton (2016), "Layer normalization".
    """
    xhat, ncache = normalize(x, (-1,), eps)
    return gamma * xhat + beta, (xhat, gamma, ncache)


def layernorm_backward(
    dout: np.ndarray, cache: tuple[Any, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) with respect to x, gamma and beta.

    Here `out` is what `layernorm_forward(x, gamma, beta, eps)` returned together with `cache`.
    The gradients are exact: sums over all rows, not averages. Nothing is modified, neither dout nor
    what the cache holds: a second call with the same arguments gives the same answer. Several
    caches can be in use at a time: go by the one that is given.

    Parameters
    ----------
    dout : ndarray of floats, the shape of x
        Gradient of the loss with respect to out; its entries can have any sign and size.
    cache : tuple
        The second value of `layernorm_forward`, as your own function returned it. The caller
        changes neither the arguments nor out between the two passes.

    Returns
    -------
    dx : ndarray, the shape of x
    dgamma : ndarray, shape (D,)
    dbeta : ndarray, shape (D,)
        Also if x has three or more axes.

    References
    ----------
    Ba, Kiros and Hinton (2016), "Layer normalization".
    """
    xhat, gamma, ncache = cache
    lead = tuple(range(dout.ndim - 1))
    dx = normalize_backward(dout * gamma, ncache)
    dgamma = (dout * xhat).sum(axis=lead)
    dbeta = dout.sum(axis=lead)
    return dx, dgamma, dbeta


def groupnorm_forward(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, groups: int, eps: float = 1e-5
) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Normalise every example over groups of channels, then scale and shift each channel.

    The C channels are cut into `groups` groups of C / groups consecutive channels: with 6 channels
    and 3 groups these are channels 0 and 1, 2 and 3, 4 and 5. Each group of each example has one
    mean and one biased variance, over all its channels and all positions; eps is added to the
    variance inside the square root. Examples do not depend on each other. No argument is modified.

    Parameters
    ----------
    x : ndarray of floats, shape (N, C, H, W)
        A batch of images, or of other maps with C channels.
    gamma, beta : ndarray of floats, shape (C,)
        One scale and one shift for each channel (not for each group).
    groups : int, at least 1
        1 pools each example's channels all together; C pools no two channels.
    eps : float
        0 or more.

    Returns
    -------
    out : ndarray, shape (N, C, H, W)
    cache : tuple
        Whatever your `groupnorm_backward` needs.

    Raises
    ------
    ValueError
        If C is not a multiple of groups.

    References
    ----------
    Wu and He (2018), "Group normalization".
    """
    N, C, H, W = x.shape
    if C % groups:
        raise ValueError("the number of channels must be a multiple of groups")
    xg = x.reshape(N, groups, C // groups, H, W)
    xhat, ncache = normalize(xg, (2, 3, 4), eps)
    xhat = xhat.reshape(x.shape)
    g, b = gamma.reshape(1, -1, 1, 1), beta.reshape(1, -1, 1, 1)
    return g * xhat + b, (xhat, g, xg.shape, ncache)


def groupnorm_backward(
    dout: np.ndarray, cache: tuple[Any, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) with respect to x, gamma and beta.

    Here `out` is what `groupnorm_forward(x, gamma, beta, groups, eps)` returned together with
    `cache`. The gradients are exact: sums over the batch and all positions, not averages. Nothing
    is modified, neither dout nor what the cache holds: a second call with the same arguments gives
    the same answer. Several caches can be in use at a time: go by the one that is given.

    Parameters
    ----------
    dout : ndarray of floats, shape (N, C, H, W)
        Gradient of the loss with respect to out; its entries can have any sign and size.
    cache : tuple
        The second value of `groupnorm_forward`, as your own function returned it. The caller
        changes neither the arguments nor out between the two passes.

    Returns
    -------
    dx : ndarray, shape (N, C, H, W)
    dgamma : ndarray, shape (C,)
    dbeta : ndarray, shape (C,)

    References
    ----------
    Wu and He (2018), "Group normalization".
    """
    xhat, g, grouped, ncache = cache
    dx = normalize_backward((dout * g).reshape(grouped), ncache).reshape(dout.shape)
    dgamma = (dout * xhat).sum(axis=(0, 2, 3))
    dbeta = dout.sum(axis=(0, 2, 3))
    return dx, dgamma, dbeta


def instancenorm_forward(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5
) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Normalise every channel of every example over its positions, then scale and shift it.

    Each channel of each example has its own mean and its own biased variance, over H and W; eps is
    added to the variance inside the square root. Neither examples nor channels depend on each
    other. There are no running statistics. No argument is modified.

    Parameters
    ----------
    x : ndarray of floats, shape (N, C, H, W)
        With a single position (H = W = 1) and eps > 0, every output is its channel's beta.
    gamma, beta : ndarray of floats, shape (C,)
        One scale and one shift for each channel, shared by all examples.
    eps : float
        0 or more.

    Returns
    -------
    out : ndarray, shape (N, C, H, W)
    cache : tuple
        Whatever your `instancenorm_backward` needs.

    References
    ----------
    Ulyanov, Vedaldi and Lempitsky (2016), "Instance normalization: the missing ingredient for fast
    stylization".
    """
    xhat, ncache = normalize(x, (2, 3), eps)
    g, b = gamma.reshape(1, -1, 1, 1), beta.reshape(1, -1, 1, 1)
    return g * xhat + b, (xhat, g, ncache)


def instancenorm_backward(
    dout: np.ndarray, cache: tuple[Any, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) with respect to x, gamma and beta.

    Here `out` is what `instancenorm_forward(x, gamma, beta, eps)` returned together with `cache`.
    The gradients are exact: sums over the batch and all positions, not averages. Nothing is
    modified, neither dout nor what the cache holds: a second call with the same arguments gives the
    same answer. Several caches can be in use at a time: go by the one that is given.

    Parameters
    ----------
    dout : ndarray of floats, shape (N, C, H, W)
        Gradient of the loss with respect to out; its entries can have any sign and size.
    cache : tuple
        The second value of `instancenorm_forward`, as your own function returned it. The caller
        changes neither the arguments nor out between the two passes.

    Returns
    -------
    dx : ndarray, shape (N, C, H, W)
    dgamma : ndarray, shape (C,)
    dbeta : ndarray, shape (C,)

    References
    ----------
    Ulyanov, Vedaldi and Lempitsky (2016), "Instance normalization: the missing ingredient for fast
    stylization".
    """
    xhat, g, ncache = cache
    dx = normalize_backward(dout * g, ncache)
    dgamma = (dout * xhat).sum(axis=(0, 2, 3))
    dbeta = dout.sum(axis=(0, 2, 3))
    return dx, dgamma, dbeta


def undo_affine(mean: np.ndarray, var: np.ndarray, eps: float) -> tuple[np.ndarray, np.ndarray]:
    """Find the gamma and beta that turn a normalised value back into what it was.

    For fixed statistics, such as those of evaluation:
    gamma * (x - mean) / sqrt(var + eps) + beta equals x, for every x. No argument is modified; the
    arrays that you return may share memory with them.

    Parameters
    ----------
    mean, var : ndarray of floats, shape (D,)
        The statistics of D features. A variance can be 0 if eps is not.
    eps : float
        0 or more, and not always small: exactly what was added to the variance.

    Returns
    -------
    gamma : ndarray, shape (D,)
    beta : ndarray, shape (D,)

    References
    ----------
    Ioffe and Szegedy (2015), "Batch normalization: accelerating deep network training by reducing
    internal covariate shift", section 3.
    """
    gamma = np.sqrt(var + eps)
    beta = mean
    return gamma, beta


def fold_batchnorm(
    W: np.ndarray,
    b: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    mean: np.ndarray,
    var: np.ndarray,
    eps: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Merge a linear layer and the batch normalisation behind it into a single linear layer.

    The linear layer maps x to z = W x + b. Batch normalisation in evaluation maps z to
    gamma * (z - mean) / sqrt(var + eps) + beta, feature by feature. No argument is modified.

    Parameters
    ----------
    W : ndarray of floats, shape (d_out, d_in)
        One row per output.
    b : ndarray of floats, shape (d_out,)
        It can be all zeros, as usual for a layer in front of a batch normalisation.
    gamma, beta : ndarray of floats, shape (d_out,)
        Scales and shifts of any sign.
    mean, var : ndarray of floats, shape (d_out,)
        The running statistics.
    eps : float
        0 or more, and not always small.

    Returns
    -------
    W_folded : ndarray, shape (d_out, d_in)
    b_folded : ndarray, shape (d_out,)
        W_folded x + b_folded equals the output of the two layers for every x.

    References
    ----------
    Jacob and others (2018), "Quantization and training of neural networks for efficient
    integer-arithmetic-only inference", section 3.2.
    """
    scale = gamma / np.sqrt(var + eps)
    W_folded = W * scale[:, None]
    b_folded = (b - mean) * scale + beta
    return W_folded, b_folded


def compare_normalizers_numbers(student: str) -> dict[str, int]:
    """Draw the numbers of the question on normalisers for one student.

    Parameters
    ----------
    student : str
        The student's id, the one used for submission.

    Returns
    -------
    numbers : dict of int
        "n", "channels", "height", "width", "groups", and "scaled_filters".
    """
    import hashlib

    draw = hashlib.sha256(f"compare_normalizers {student}".encode()).digest()
    channels, groups = [(8, 2), (10, 2), (12, 2), (12, 3), (12, 4), (15, 3)][draw[0] % 6]
    height, width = (1, 1) if draw[1] % 2 else (5 + draw[2] % 2, 7 + draw[3] % 3)
    return {
        "n": 16 + draw[4] % 6,
        "channels": channels,
        "height": height,
        "width": width,
        "groups": groups,
        "scaled_filters": 1 if draw[5] % 2 else channels,
    }


def compare_normalizers(numbers: dict[str, int]) -> dict[str, Any]:
    """Answer the question on normalisers for the numbers you were given.

    A convolution without bias makes a batch z of shape (n, channels, height, width), one channel
    per filter; a normaliser follows. There are four of them: "BN", batch norm in training; "LN",
    layer norm over all channels and positions of an example together; "IN", instance norm; "GN",
    group norm with `groups` groups. All have gamma = 1, beta = 0 (but for "undone_for"), and an eps
    too small to matter; where a variance is 0, the normalised values are 0. An output that is
    always 0 changes under nothing and depends on nothing. Different examples, channels and
    positions hold different values, without any pattern. You may compute the answers or write them
    down as literals: the function is called with your own numbers only.

    Parameters
    ----------
    numbers : dict of int
        "n", "channels", "height", "width", "groups" and "scaled_filters", from
        `compare_normalizers_numbers`.

    Returns
    -------
    claims : dict
        "BN", "LN", "IN" and "GN": a dict for each normaliser, with one int and five bools (True
        or False):

        * "means": int, how many means it computes for this batch (in training).
        * "uses_batch": the output for one example depends on the other examples of the batch
          (in training).
        * "works_N1": for a batch of a single example, of your height and width, the output still
          depends on the input (in training).
        * "same_in_eval": in evaluation it computes what it computes in training.
        * "invariant_to_scaling_one_example": if all entries of one example of z are multiplied by
          3, no output changes, neither for this example nor for another (in training).
        * "invariant_to_scaling_weights": if all weights of `scaled_filters` filters of the
          convolution (all its filters, or a single one) are multiplied by 3, no output changes
          (in training).

        "gn_between": "batch and layer", "batch and instance" or "instance and layer": the two
        normalisers that group norm becomes at the ends, when groups goes from 1 to `channels`.

        "pixel_scaling": "none", "IN", "LN" or "all": the normalisers whose output never changes if
        every position of an example is multiplied by a positive factor of its own, the same for
        all channels. Here z has several positions, whatever your height and width are.

        "undone_for": "every batch", "one batch" or "no batch". There are several batches, whose
        channels have different means and variances. One gamma and one beta for each channel are
        chosen once, and serve them all. For how many of the batches, at best, does BN in training
        then give its own input back?

        "covariate_shift": "removed", "reduced" or "sometimes increased": what experiments found BN
        to do to internal covariate shift as the optimiser feels it, that is to the change of a
        layer's *gradient* when only the layers before it take their step. "removed" if with BN
        there was none, "reduced" if in every run it was smaller than without BN, "sometimes
        increased" if in some runs it was larger.

    References
    ----------
    Wu and He (2018), "Group normalization"; Santurkar, Tsipras, Ilyas and Madry (2018), "How does
    batch normalization help optimization?".
    """
    n, channels, groups = numbers["n"], numbers["channels"], numbers["groups"]
    several = numbers["height"] * numbers["width"] > 1
    whole = numbers["scaled_filters"] == channels
    answers = {
        "BN": (channels, True, several, False, False, True),
        "LN": (n, False, True, True, True, whole),
        "IN": (n * channels, False, several, True, True, True),
        "GN": (n * groups, False, True, True, True, whole),
    }
    claims: dict[str, Any] = {
        norm: {
            "means": answer[0],
            "uses_batch": answer[1],
            "works_N1": answer[2],
            "same_in_eval": answer[3],
            "invariant_to_scaling_one_example": answer[4],
            "invariant_to_scaling_weights": answer[5],
        }
        for norm, answer in answers.items()
    }
    claims["gn_between"] = "instance and layer"
    claims["pixel_scaling"] = "none"
    claims["undone_for"] = "one batch"
    claims["covariate_shift"] = "sometimes increased"
    return claims
