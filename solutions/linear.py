"""Linear layers and their geometry: the reference solutions of the assignment `linear`."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable


def linear_forward(
    x: np.ndarray, W: np.ndarray, b: np.ndarray
) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Map every example of a batch to W x + b.

    No argument is modified, neither in its values nor in its shape.

    Parameters
    ----------
    x : ndarray of floats, shape (N, ...), at least two axes
        A batch of N >= 1 examples: rows (N, d_in), images (N, colours, height, width) or anything
        else. Everything behind the batch axis is flattened to d_in features, in NumPy's usual (C)
        order.
    W : ndarray of floats, shape (d_out, d_in)
        One row per output.
    b : ndarray of floats, shape (d_out,)
        Added once to the output of every example.

    Returns
    -------
    out : ndarray, shape (N, d_out)
        Just the affine map: no activation follows.
    cache : tuple
        Whatever your `linear_backward` needs. It is yours: the grader only hands it back.

    References
    ----------
    A dense layer computes y = W x + b: lecture, "Linear/Dense Layer Theory", section
    "Mathematical Formulation".
    """
    flat = x.reshape(x.shape[0], -1)
    return flat @ W.T + b, (x, W)


def linear_backward(
    dout: np.ndarray, cache: tuple[np.ndarray, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the gradients of sum(dout * out) with respect to x, W and b.

    Here `out` is what `linear_forward(x, W, b)` returned together with `cache`. The gradients are
    exact: nothing is divided by N (a mean over the batch belongs to the loss and has already
    entered dout). Nothing is modified, neither dout nor what the cache holds: a second call with
    the same arguments gives the same answer.

    Parameters
    ----------
    dout : ndarray of floats, shape (N, d_out)
        Gradient of the loss with respect to out; its entries can have any sign and size.
    cache : tuple
        The second value of `linear_forward`, as your own function returned it. The caller does not
        change x, W or b between the two passes: the cache may hold them without copying.

    Returns
    -------
    dx : ndarray, the shape of x
        Including the trailing axes, if x had more than two axes.
    dW : ndarray, shape (d_out, d_in)
    db : ndarray, shape (d_out,)

    References
    ----------
    Rumelhart, Hinton and Williams (1986), "Learning representations by back-propagating errors".
    """
    x, W = cache
    flat = x.reshape(x.shape[0], -1)
    dx = (dout @ W).reshape(x.shape)
    dW = dout.T @ flat
    db = dout.sum(axis=0)
    return dx, dW, db


def linear_cost(d_in: int, d_out: int, n: int, bias: bool = True) -> dict[str, int]:
    """Count what one forward pass of a linear layer costs on a batch of n examples.

    Parameters
    ----------
    d_in, d_out : int
        Numbers of input and output features, at least 1.
    n : int
        Number of examples in the batch, at least 1.
    bias : bool
        Whether the layer has a bias vector.

    Returns
    -------
    cost : dict of int
        "params": the trainable numbers of the layer, biases included if there are any.
        "macs": the multiply-accumulates (one multiplication and one addition count as one) of the
        matrix product, for the whole batch. Adding the bias is not counted.
        "saved_activations": the numbers of the batch x (entries, not bytes) that have to be kept
        until the backward pass. The parameters are stored anyway and do not count.
        All three are ints (Python's or NumPy's), not floats.

    References
    ----------
    A layer has d_out (d_in + 1) parameters and needs on the order of d_out d_in operations for each
    example: lecture, "Linear/Dense Layer Theory", section "Capacity and Expressiveness".
    """
    params = d_out * (d_in + 1) if bias else d_out * d_in
    macs = n * d_out * d_in
    saved = n * d_in
    return {"params": params, "macs": macs, "saved_activations": saved}


def map_geometry(W: np.ndarray, tol: float = 1e-10) -> dict[str, int | np.ndarray]:
    """Describe what the linear map x -> W x keeps and what it loses.

    W is not modified.

    Parameters
    ----------
    W : ndarray of floats, shape (d_out, d_in)
        Any matrix: tall, wide, of any scale (entries of 1e-12 or of 1e8), with repeated, zero or
        otherwise dependent columns, or all zeros.
    tol : float
        The rank is the number of singular values larger than `tol` times the largest one.

    Returns
    -------
    geometry : dict
        "rank": int (NumPy's ints are welcome).
        "column_basis": ndarray, shape (d_out, rank). Its columns are orthonormal and span the
        range {W x}. Any such basis will do: order and signs are free.
        "null_dim": int, the dimension of the null space {x : W x = 0}.
        "singular_values": ndarray, shape (min(d_out, d_in),), all of them (also the zeros), from
        the largest to the smallest, of W as it was given.
        For the zero matrix: rank 0, a basis of shape (d_out, 0), and null_dim d_in.

    References
    ----------
    The outputs W x fill a subspace of dimension rank(W): lecture, "Linear/Dense Layer Theory",
    section "Geometric Interpretation".
    """
    U, s, _ = np.linalg.svd(W)
    rank = int((s > tol * s.max(initial=0.0)).sum())
    basis = U[:, :rank]
    null_dim = W.shape[1] - rank
    return {"rank": rank, "column_basis": basis, "null_dim": null_dim, "singular_values": s}


def orthogonal_kind(Q: np.ndarray, tol: float = 1e-8) -> str:
    """Tell rotations from reflections and from everything that is not orthogonal.

    Q is not modified.

    Parameters
    ----------
    Q : ndarray of floats, shape (m, n)
        Any matrix, square or not.
    tol : float
        A square Q counts as orthogonal if no entry of Q^T Q differs from that of the identity
        by more than tol.

    Returns
    -------
    kind : str
        "rotation" for an orthogonal matrix of determinant +1, "reflection" for an orthogonal
        matrix of determinant -1 (up to rounding, in both cases), and "neither" otherwise. With a
        large tol, the sign of the determinant decides. A matrix that is not square is "neither",
        also when its columns or rows are orthonormal.

    References
    ----------
    The factors U and V of a singular value decomposition are orthogonal, and so either rotations or
    reflections: lecture, "Linear/Dense Layer Theory", section "Geometric Interpretation".
    """
    if Q.shape[0] != Q.shape[1]:
        return "neither"
    if np.abs(Q.T @ Q - np.eye(Q.shape[0])).max() > tol:
        return "neither"
    return "rotation" if np.linalg.det(Q) > 0 else "reflection"


def detector_responses(X: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Measure how strongly every example excites every row of W, taken as a unit-length detector.

    Response (i, j) is the inner product of example i with row j of W divided by that row's
    Euclidean length. The examples are not normalised: an example that is twice as strong gives
    twice the response, and an opposite one a negative response. No argument is modified.

    Parameters
    ----------
    X : ndarray of floats, shape (N, d_in)
        One example per row.
    W : ndarray of floats, shape (d_out, d_in)
        One detector per row. No row is zero.

    Returns
    -------
    responses : ndarray, shape (N, d_out)

    References
    ----------
    Every row of W can be read as a detector of one feature: lecture, "Linear/Dense Layer Theory",
    section "Feature Learning Perspective".
    """
    norms = np.linalg.norm(W, axis=1, keepdims=True)
    responses: np.ndarray = X @ (W / norms).T
    return responses


def numerical_gradient(
    f: "Callable[[np.ndarray], np.ndarray]", x: np.ndarray, dout: np.ndarray, h: float = 1e-5
) -> np.ndarray:
    """Estimate the gradient of sum(f(x) * dout) with respect to x by central differences.

    Each entry of x is moved alone, by +h and by -h, and the two values of sum(f * dout) are
    compared: their difference over 2h is that entry of the gradient. Compute in double precision,
    also if x is float32.

    Parameters
    ----------
    f : callable
        Takes a float array of the shape of x, does not modify it, and returns a float array with at
        least one axis, which may be its argument itself or a view of it. f(x) may have another
        shape than x, and each of its entries may depend on every entry of x.
    x : ndarray of floats or integers, any shape with at least one axis
        Integers are treated as the real numbers they stand for: f is called with floats.
        x is not modified: afterwards it holds exactly the same numbers as before, also when f
        raises an exception. That exception must reach the caller.
    dout : ndarray of floats, the shape of f(x)
        The weight of every output.
    h : float
        The step, the same for all entries.

    Returns
    -------
    gradient : ndarray of floats, the shape of x

    References
    ----------
    Griewank and Walther (2008), "Evaluating Derivatives", chapter 1.
    """
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        plus, minus = x.astype(float), x.astype(float)
        plus[index] += h
        minus[index] -= h
        gradient[index] = ((f(plus) - f(minus)) * dout).sum() / (2 * h)
    return gradient


def merge_linear(
    W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Replace two linear layers without an activation between them by a single one.

    Layer 1 maps x to W1 x + b1, layer 2 acts on its output. No argument is modified.

    Parameters
    ----------
    W1 : ndarray of floats, shape (width, d_in)
        Weights of layer 1.
    b1 : ndarray of floats, shape (width,)
        Bias of layer 1.
    W2 : ndarray of floats, shape (d_out, width)
        Weights of layer 2.
    b2 : ndarray of floats, shape (d_out,)
        Bias of layer 2.

    Returns
    -------
    W : ndarray, shape (d_out, d_in)
    b : ndarray, shape (d_out,)
        W x + b equals the output of the two layers for every x.

    References
    ----------
    Put y = W x + b into itself: lecture, "Linear/Dense Layer Theory", section "Mathematical
    Formulation".
    """
    W = W2 @ W1
    b = W2 @ b1 + b2
    return W, b


def truncate_rank(W: np.ndarray, r: int) -> np.ndarray:
    """Find the matrix of rank at most r that is closest to W.

    Closest in the Frobenius norm, the root of the sum of all squared differences. W is not
    modified.

    Parameters
    ----------
    W : ndarray of floats, shape (d_out, d_in)
        Any matrix.
    r : int
        0 or more. For r = 0 the answer is the zero matrix; if r is at least the rank of W, and
        also if r is larger than d_out or d_in, the answer equals W (up to rounding).

    Returns
    -------
    closest : ndarray, shape (d_out, d_in)
        If several matrices are equally close (equal singular values), any of them.

    References
    ----------
    Eckart and Young (1936), "The approximation of one matrix by another of lower rank".
    """
    U, s, Vt = np.linalg.svd(W, full_matrices=False)
    closest: np.ndarray = (U[:, :r] * s[:r]) @ Vt[:r]
    return closest


def relu_interpolant(
    knots: np.ndarray, values: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Build a network of one hidden ReLU layer that joins the given points by straight lines.

    The network maps a number x to W2 relu(W1 x + b1) + b2. From the first knot to the last it
    equals the piecewise linear function through all pairs (knots[i], values[i]); outside that range
    it may do anything. There are many such networks: each of them is right, if it has no more
    hidden units than there are knots. No argument is modified; the arrays that you return may share
    memory with the arguments.

    Parameters
    ----------
    knots : ndarray of floats or integers, shape (n,), n >= 2
        In increasing order; positive or negative, evenly spaced or not.
    values : ndarray of floats or integers, shape (n,)
        Anything, also all equal. Integers are treated as the real numbers they stand for.

    Returns
    -------
    W1 : ndarray, shape (h, 1)
    b1 : ndarray, shape (h,)
    W2 : ndarray, shape (1, h)
    b2 : ndarray, shape (1,)
        The number h of hidden units is yours to choose, h <= n.

    Raises
    ------
    ValueError
        If the knots are not in increasing order, or if a knot occurs twice.

    References
    ----------
    One hidden layer can approximate any continuous function on an interval: lecture, "Linear/Dense
    Layer Theory", section "Capacity and Expressiveness", and
    Leshno, Lin, Pinkus and Schocken (1993), "Multilayer feedforward networks with a nonpolynomial
    activation function can approximate any function".
    """
    knots, values = knots.astype(float), values.astype(float)
    if np.any(np.diff(knots) <= 0):
        raise ValueError("knots must be in increasing order, without repetition")
    slopes = np.diff(values) / np.diff(knots)
    W1 = np.ones((len(slopes), 1))
    b1 = -knots[:-1]
    W2 = np.diff(slopes, prepend=0.0).reshape(1, -1)
    b2 = np.array([values[0]])
    return W1, b1, W2, b2


def rank_and_width_numbers(student: str) -> dict[str, int]:
    """Draw the numbers of the question on rank and width for one student.

    Parameters
    ----------
    student : str
        The student's id, the one used for submission.

    Returns
    -------
    numbers : dict of int
        "d_in", "width" and "d_out", all different, and "units".
    """
    import hashlib

    draw = hashlib.sha256(f"rank_and_width {student}".encode()).digest()
    small, middle, large = 5 + draw[0] % 8, 15 + draw[1] % 8, 25 + draw[2] % 8
    orders = [
        (middle, small, large),
        (large, small, middle),
        (middle, large, small),
        (large, middle, small),
    ]
    d_in, width, d_out = orders[draw[3] % 4]
    return {"d_in": d_in, "width": width, "d_out": d_out, "units": 6 + draw[4] % 15}


def rank_and_width(numbers: dict[str, int]) -> dict[str, int | str]:
    """Answer the question on rank and width for the numbers you were given.

    Two linear layers with biases, d_in -> width -> d_out, without an activation between them, are
    compared with a single linear layer with bias, d_in -> d_out. W1 and W2 are the weight matrices
    of the two layers. You may compute the answers or write them down as literals: the function is
    called with your own numbers only.

    Parameters
    ----------
    numbers : dict of int
        "d_in", "width", "d_out" and "units", from `rank_and_width_numbers`.

    Returns
    -------
    claims : dict
        "max_rank": int, the largest rank that the product W2 W1 can have.
        "min_null_dim": int, the smallest dimension that the null space of W2 W1 can have.
        "params_two": int, the number of weights and biases of the two layers together.
        "params_one": int, the number of weights and biases of the single layer.
        "maps": "more", "same" or "fewer": the affine maps x -> A x + c that the two layers can
        represent, compared with those that the single layer can represent.
        "max_pieces": int, the largest number of linear pieces of the function computed by another
        network: one input, one hidden layer of `units` ReLUs, one linear output.

    References
    ----------
    Rank, parameters and width: lecture, "Linear/Dense Layer Theory", sections "Geometric
    Interpretation" and "Capacity and Expressiveness".
    """
    d_in, width, d_out = numbers["d_in"], numbers["width"], numbers["d_out"]
    max_rank = min(d_in, width, d_out)
    return {
        "max_rank": max_rank,
        "min_null_dim": d_in - max_rank,
        "params_two": width * (d_in + 1) + d_out * (width + 1),
        "params_one": d_out * (d_in + 1),
        "maps": "same" if width >= min(d_in, d_out) else "fewer",
        "max_pieces": numbers["units"] + 1,
    }
