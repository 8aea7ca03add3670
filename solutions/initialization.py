"""Initial weights and the signal they let through: the reference solutions of `initialization`."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Count the inputs and the outputs that meet at one unit of a layer.

    The fan-in is the number of weighted inputs that are added up in one output of the layer. The
    fan-out is the number of products that one input enters, over all outputs; for a convolution:
    with stride 1 and away from the borders.

    Parameters
    ----------
    shape : tuple of int
        The shape of the layer's weights: (d_out, d_in) of a dense layer, or (K, C, ...) of a
        convolution with K output channels, C input channels and any number of kernel axes, such as
        (K, C, k) in one, (K, C, kh, kw) in two or (K, C, kd, kh, kw) in three dimensions.

    Returns
    -------
    fan_in : int
    fan_out : int
        Both are ints (Python's or NumPy's), not floats.

    References
    ----------
    Lecture, "Parameter Initialization Theory", section "Forward Propagation Variance".
    """
    receptive = int(np.prod(shape[2:]))
    return shape[1] * receptive, shape[0] * receptive


def relu_moments(sigma: float) -> dict[str, float]:
    """Give mean, variance and second moment of relu(z) for z ~ N(0, sigma^2).

    relu(z) = max(z, 0), and sigma is the standard deviation of z. The moments are those of the
    distribution itself, exact up to rounding: nothing is sampled.

    Parameters
    ----------
    sigma : float
        Any number > 0.

    Returns
    -------
    moments : dict of float
        "mean": E[relu(z)], "var": the variance of relu(z), about its own mean, and
        "second": the second moment E[relu(z)^2].

    References
    ----------
    He, Zhang, Ren and Sun (2015), "Delving deep into rectifiers". The lecture, section "Activation-
    Specific Initialization", prints the mean and the variance of abs(z) in place of these.
    """
    mean = sigma / np.sqrt(2 * np.pi)
    second = sigma**2 / 2
    return {"mean": mean, "var": second - mean**2, "second": second}


def preactivation_variance(second_moment: float, fan_in: int, var_w: float) -> float:
    """Give the variance of y = w_1 x_1 + ... + w_n x_n with n = fan_in random weights.

    The weights are independent of each other and of the inputs, with mean 0 and variance var_w. The
    inputs need not have mean 0, nor be independent of each other.

    Parameters
    ----------
    second_moment : float
        E[x^2], the same for every input; 0 or more.
    fan_in : int
        The number of inputs, at least 1.
    var_w : float
        The variance of every weight, 0 or more.

    Returns
    -------
    variance : float

    References
    ----------
    He, Zhang, Ren and Sun (2015), "Delving deep into rectifiers", section 2.2. The lecture, section
    "Forward Propagation Variance", has the variance of x in place of its second moment.
    """
    return fan_in * var_w * second_moment


def xavier_normal(
    shape: tuple[int, ...], rng: np.random.Generator, gain: float = 1.0
) -> np.ndarray:
    """Draw weights from the normal distribution of Glorot and Bengio.

    All entries are independent, with mean 0 and variance gain^2 * 2 / (fan_in + fan_out). The
    distribution is the whole normal one: some libraries cut it off at two standard deviations.

    Parameters
    ----------
    shape : tuple of int
        As for `fans`.
    rng : numpy.random.Generator
        The only source of random numbers: a generator in the same state gives the same weights,
        and one in another state gives other weights. The call moves rng on, so a second call with
        it gives new weights. How many numbers are drawn is up to you.
    gain : float
        Scales the weights; > 0.

    Returns
    -------
    W : ndarray of the given shape

    References
    ----------
    Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward neural
    networks".
    """
    fan_in, fan_out = fans(shape)
    std = gain * np.sqrt(2.0 / (fan_in + fan_out))
    return rng.standard_normal(shape) * std


def xavier_uniform(
    shape: tuple[int, ...], rng: np.random.Generator, gain: float = 1.0
) -> np.ndarray:
    """Draw weights from the uniform distribution of Glorot and Bengio.

    All entries are independent and uniform between -a and a, where a > 0 is such that their
    variance is the one of `xavier_normal`: gain^2 * 2 / (fan_in + fan_out).

    Parameters
    ----------
    shape : tuple of int
        As for `fans`.
    rng : numpy.random.Generator
        The only source of random numbers; see `xavier_normal`.
    gain : float
        Scales the weights; > 0.

    Returns
    -------
    W : ndarray of the given shape

    References
    ----------
    Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward neural
    networks".
    """
    fan_in, fan_out = fans(shape)
    a = gain * np.sqrt(6.0 / (fan_in + fan_out))
    return rng.uniform(-a, a, shape)


def he_normal(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Draw weights from the normal distribution of He and others, for layers that follow a ReLU.

    All entries are independent, with mean 0 and variance 2 / fan_in: where the inputs are relu(z)
    of zero-mean normal z, the outputs have the variance of z. As in `xavier_normal`, the
    distribution is the whole normal one.

    Parameters
    ----------
    shape : tuple of int
        As for `fans`.
    rng : numpy.random.Generator
        The only source of random numbers; see `xavier_normal`.

    Returns
    -------
    W : ndarray of the given shape

    References
    ----------
    He, Zhang, Ren and Sun (2015), "Delving deep into rectifiers".
    """
    fan_in, _ = fans(shape)
    return rng.standard_normal(shape) * np.sqrt(2.0 / fan_in)


def he_uniform(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Draw weights from the uniform distribution with the mean and the variance of `he_normal`.

    All entries are independent and uniform between -a and a, with variance 2 / fan_in.

    Parameters
    ----------
    shape : tuple of int
        As for `fans`.
    rng : numpy.random.Generator
        The only source of random numbers; see `xavier_normal`.

    Returns
    -------
    W : ndarray of the given shape

    References
    ----------
    He, Zhang, Ren and Sun (2015), "Delving deep into rectifiers".
    """
    fan_in, _ = fans(shape)
    a = np.sqrt(6.0 / fan_in)
    return rng.uniform(-a, a, shape)


def lecun_normal(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Draw weights from the normal distribution of LeCun and others.

    All entries are independent, with mean 0 and variance 1 / fan_in: inputs of second moment 1 give
    outputs of variance 1. As in `xavier_normal`, the distribution is the whole normal one.

    Parameters
    ----------
    shape : tuple of int
        As for `fans`.
    rng : numpy.random.Generator
        The only source of random numbers; see `xavier_normal`.

    Returns
    -------
    W : ndarray of the given shape

    References
    ----------
    LeCun, Bottou, Orr and Müller (1998), "Efficient BackProp".
    """
    fan_in, _ = fans(shape)
    return rng.standard_normal(shape) * np.sqrt(1.0 / fan_in)


def lecun_uniform(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Draw weights from the uniform distribution with the mean and the variance of `lecun_normal`.

    All entries are independent and uniform between -a and a, with variance 1 / fan_in.

    Parameters
    ----------
    shape : tuple of int
        As for `fans`.
    rng : numpy.random.Generator
        The only source of random numbers; see `xavier_normal`.

    Returns
    -------
    W : ndarray of the given shape

    References
    ----------
    LeCun, Bottou, Orr and Müller (1998), "Efficient BackProp".
    """
    fan_in, _ = fans(shape)
    a = np.sqrt(3.0 / fan_in)
    return rng.uniform(-a, a, shape)


def activation_gain(phi: "Callable[[np.ndarray], np.ndarray]") -> float:
    """Give the factor that makes the second moment of gain * phi(z) equal to 1 for z ~ N(0, 1).

    Weights with mean 0 and standard deviation gain / sqrt(fan_in) then give the next layer
    pre-activations of variance 1.

    Parameters
    ----------
    phi : callable
        The activation function: it takes an array of floats and applies one function of a number to
        every entry. It is continuous, may have kinks and any mean, grows at most linearly, and
        E[phi(z)^2] lies between 0.01 and 100. Give it whole arrays: a call takes its time while you
        are graded, and thousands of calls take too long.

    Returns
    -------
    gain : float
        Positive, with a relative error of at most 0.001. Random sampling is too coarse for that:
        integrate numerically, over a range that is wide enough.

    References
    ----------
    The lecture, section "Activation-Specific Initialization", only says that the activation has to
    be compensated, not by how much.
    """
    z = np.linspace(-10, 10, 20001)
    w = np.exp(-(z**2) / 2)
    second = (w * phi(z) ** 2).sum() / w.sum()
    return float(1.0 / np.sqrt(second))


def depth_second_moment(depth: int, fan_in: int, var_w: float, q0: float = 1.0) -> float:
    """Predict the second moment of the activations after `depth` layers of a ReLU network.

    Every layer maps x to relu(W x): no bias, fan_in inputs, independent zero-mean weights of
    variance var_w. The prediction is the one for wide layers, whose pre-activations are normal with
    mean 0.

    Parameters
    ----------
    depth : int
        The number of layers, 0 or more.
    fan_in : int
        The inputs of every unit, the same in all layers.
    var_w : float
        The variance of every weight, > 0.
    q0 : float
        The second moment of the network's input, > 0.

    Returns
    -------
    second_moment : float
        E[x^2] of the outputs of the last ReLU; q0 for depth 0.

    References
    ----------
    He, Zhang, Ren and Sun (2015), "Delving deep into rectifiers", section 2.2. The lecture's
    answer on initialisation and depth ("Advanced Understanding Questions") leaves the depth out.
    """
    return q0 * (fan_in * var_w / 2) ** depth


def orthogonal(shape: tuple[int, int], rng: np.random.Generator, gain: float = 1.0) -> np.ndarray:
    """Draw a random matrix with orthonormal columns or rows, times gain.

    The matrix is uniform (Haar) distributed among all such matrices: turned or mirrored by a fixed
    orthogonal matrix, from the left or from the right, it has the same distribution. So a square
    one is a rotation or a reflection with the same probability.

    Parameters
    ----------
    shape : tuple of int
        (rows, cols), either of them the larger one, or both equal; either may be 1.
    rng : numpy.random.Generator
        The only source of random numbers; see `xavier_normal`.
    gain : float
        Scales the matrix; > 0.

    Returns
    -------
    W : ndarray, shape (rows, cols)
        W^T W = gain^2 I if rows >= cols, and W W^T = gain^2 I if rows <= cols.

    References
    ----------
    Saxe, McClelland and Ganguli (2014), "Exact solutions to the nonlinear dynamics of learning in
    deep linear neural networks"; Mezzadri (2007), "How to generate random matrices from the
    classical compact groups", on what a plain QR decomposition gets wrong.
    """
    rows, cols = shape
    q, r = np.linalg.qr(rng.standard_normal((max(rows, cols), min(rows, cols))))
    q = q * np.sign(np.diag(r))
    return gain * (q if rows >= cols else q.T)


def lsuv(
    weights: "Sequence[np.ndarray]",
    x: np.ndarray,
    phi: "Callable[[np.ndarray], np.ndarray]",
    rng: np.random.Generator,
    tol: float = 1e-3,
    max_iter: int = 10,
) -> list[np.ndarray]:
    """Initialise a network layer by layer, so that every layer's pre-activations have variance 1.

    The network maps a batch h to phi(h W^T), layer after layer, without biases. Each layer starts
    from a new matrix of `orthogonal`, and is divided by a number so that its pre-activations h W^T
    have variance 1; h is what the layer receives from the new layers before it. The variance is the
    one over all entries of h W^T together, examples and units, about their common mean. No argument
    is modified but rng.

    Parameters
    ----------
    weights : sequence of ndarray, each of shape (d_out, d_in)
        One matrix per layer, from the input on. Only their shapes matter.
    x : ndarray of floats, shape (N, d_in of the first layer)
        The batch to calibrate on. Its mean need not be 0. The pre-activations of a layer, all of
        them together, are never all equal.
    phi : callable
        The activation function, of an array of any shape, entry by entry.
    rng : numpy.random.Generator
        The only source of random numbers; see `xavier_normal`.
    tol : float
        The variance of every layer may differ from 1 by at most tol.
    max_iter : int
        Divide each layer at most so often; at least 1. (For a layer without a bias, once is enough
        but for rounding.)

    Returns
    -------
    new : list of ndarray
        A matrix for each layer, of the same shape as the given one: a multiple of an orthogonal
        one, W^T W or W W^T is a multiple of the identity.

    References
    ----------
    Mishkin and Matas (2016), "All you need is a good init".
    """
    new, h = [], x
    for given in weights:
        W = orthogonal((given.shape[0], given.shape[1]), rng)
        for _ in range(max_iter):
            v = (h @ W.T).var()
            if abs(v - 1) <= tol:
                break
            W = W / np.sqrt(v)
        new.append(W)
        h = phi(h @ W.T)
    return new


def autoencoder_step(
    x: np.ndarray, We: np.ndarray, be: np.ndarray, Wd: np.ndarray, bd: np.ndarray
) -> tuple[float, tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]:
    """Give the loss of an autoencoder on a batch, and its gradients.

    The encoder makes the codes h = tanh(We x + be) of every example x, the linear decoder makes the
    reconstruction r = Wd h + bd. The loss is the mean of (r - x)^2 over all N * d entries of the
    batch. In spite of its name, the function takes no step: no argument is modified.

    Parameters
    ----------
    x : ndarray of floats, shape (N, d)
        One example per row.
    We : ndarray of floats, shape (k, d)
        The encoder's weights; k may be smaller or larger than d.
    be : ndarray of floats, shape (k,)
        The encoder's bias.
    Wd : ndarray of floats, shape (d, k)
        The decoder's weights, independent of the encoder's.
    bd : ndarray of floats, shape (d,)
        The decoder's bias.

    Returns
    -------
    loss : float
    gradients : tuple of ndarray
        The exact gradients (dWe, dbe, dWd, dbd) of this loss, each of the shape of its argument.

    References
    ----------
    Lecture, "Parameter Initialization Theory", section "Data-Dependent Initialization".
    """
    h = np.tanh(x @ We.T + be)
    r = h @ Wd.T + bd
    n = x.size
    dr = 2 * (r - x) / n
    dz = (dr @ Wd) * (1 - h**2)
    loss = float(((r - x) ** 2).sum() / n)
    return loss, (dz.T @ x, dz.sum(axis=0), dr.T @ h, dr.sum(axis=0))


def pretrain(
    x: np.ndarray, widths: "Sequence[int]", steps: int, lr: float, rng: np.random.Generator
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Initialise the layers of a network one after the other, each as an autoencoder's encoder.

    The first layer is trained on the batch x, every other layer on the codes of the layer before
    it, after that layer's training. A layer of k units on inputs with d features is trained so:

    * We, of shape (k, d), is drawn with `xavier_normal`, gain 1; both biases start at zero. The
      decoder's weights start as the transpose of We; from then on they are trained on their own.
    * `steps` times, the gradients of `autoencoder_step` on the whole batch, times lr, are
      subtracted from all four parameters at once: all gradients of one step belong to the same
      parameters.
    * The codes of the trained encoder, tanh(We h + be), are the inputs of the next layer.

    No argument is modified but rng.

    Parameters
    ----------
    x : ndarray of floats, shape (N, d)
        One example per row.
    widths : sequence of int
        The number of units of every layer, from the input on.
    steps : int
        The gradient steps of every layer; with 0, the encoders stay as they were drawn.
    lr : float
        The learning rate, > 0.
    rng : numpy.random.Generator
        The only source of random numbers, see `xavier_normal`. The numbers drawn must not depend on
        steps, on lr or on the values in x.

    Returns
    -------
    encoders : list of tuple
        A pair (W, b) for each layer: W of shape (width, inputs of this layer), b of shape (width,).

    References
    ----------
    Bengio, Lamblin, Popovici and Larochelle (2007), "Greedy layer-wise training of deep networks";
    lecture, "Parameter Initialization Theory", section "Data-Dependent Initialization".
    """
    encoders, h = [], x
    for width in widths:
        We = xavier_normal((width, h.shape[1]), rng)
        be, Wd, bd = np.zeros(width), We.T.copy(), np.zeros(h.shape[1])
        for _ in range(steps):
            _, (dWe, dbe, dWd, dbd) = autoencoder_step(h, We, be, Wd, bd)
            We, be, Wd, bd = We - lr * dWe, be - lr * dbe, Wd - lr * dWd, bd - lr * dbd
        encoders.append((We, be))
        h = np.tanh(h @ We.T + be)
    return encoders


def depth_and_variance_numbers(student: str) -> dict[str, int | float | str]:
    """Draw the numbers of the question on initialisation and depth for one student.

    Parameters
    ----------
    student : str
        The student's id, the one used for submission.

    Returns
    -------
    numbers : dict
        "activation": "relu", "gelu" or "silu"; "width", "depth" and "var_w" of a deep network;
        "n_in" and "n_out" of a single layer.
    """
    import hashlib

    draw = hashlib.sha256(f"depth_and_variance {student}".encode()).digest()
    activation = ("relu", "gelu", "silu")[draw[0] % 3]
    width = 100 + draw[1]
    factors, keeps = {
        "relu": ((0.58, 0.67, 0.7, 1.33, 1.43, 1.48), 2.0),
        "gelu": ((0.58, 0.62, 0.65, 1.4, 1.43, 1.48), 2.35),
        "silu": ((0.58, 0.62, 0.7, 1.35, 1.43, 1.48), 2.81),
    }[activation]
    n_in, n_out = 60 + draw[3] % 40, 150 + draw[4] % 100
    if draw[5] % 2:
        n_in, n_out = n_out, n_in
    return {
        "activation": activation,
        "width": width,
        "depth": 6 + draw[6] % 7,
        "var_w": round(factors[draw[2] % 6] * keeps / width, 6),
        "n_in": n_in,
        "n_out": n_out,
    }


def depth_and_variance(numbers: dict[str, int | float | str]) -> dict[str, int | float]:
    """Answer the question on initialisation and depth for the numbers you were given.

    You may compute the answers, with functions of your own as well, or write them down as literals:
    the function is called with your own numbers only. phi is the activation function: relu(z) =
    max(z, 0), gelu(z) = z Phi(z) with the standard normal distribution function Phi, and silu(z) =
    z / (1 + exp(-z)). All weights are independent, with mean 0; there are no biases; widths are
    large enough for pre-activations to be normal with mean 0.

    "A deep network": every layer maps the pre-activations z of the layer before to its own, which
    are W phi(z). W has shape (width, width), and each weight has variance var_w. The first layer is
    given z with second moment q_0 = 1, and q_l is the second moment of the pre-activations after l
    layers.

    "A single layer": y = W phi(z) with z ~ N(0, 1) and W of shape (n_out, n_in). Going back, the
    gradients with respect to the n_out entries of y are independent of W and z, with mean 0 and the
    same second moment.

    Parameters
    ----------
    numbers : dict
        From `depth_and_variance_numbers`.

    Returns
    -------
    claims : dict
        "q_L": float, q_l for l = depth, to within 1 %. Note that gelu and silu treat small and
        large signals differently: the factor from one layer to the next depends on q.
        "depth_to_1e6": int, the smallest l for which q_l has left the range from 1e-6 to 1e6.
        "var_w_stable": float, the variance of the weights of the single layer for which y has
        variance 1, to within 1 %.
        "bwd_var_w": float, the variance of the weights of the single layer for which the gradient
        with respect to an entry of z has the same second moment as the gradient with respect to an
        entry of y, to within 1 %.

    References
    ----------
    Lecture, "Advanced Understanding Questions", the one on initialisation variance and depth: its
    answer says that ReLU halves the variance, and gives no law for the depth.
    """
    from math import erf

    z = np.linspace(-10, 10, 402)
    weight = np.exp(-(z**2) / 2) / np.exp(-(z**2) / 2).sum()

    def phi(x: np.ndarray) -> np.ndarray:
        if numbers["activation"] == "relu":
            return np.maximum(x, 0)
        if numbers["activation"] == "gelu":
            return x * (1 + np.array([erf(t / 2**0.5) for t in x])) / 2
        return x * (1 + np.tanh(x / 2)) / 2

    def second(values: np.ndarray) -> float:
        return float(weight @ values**2)

    gain = float(numbers["width"]) * float(numbers["var_w"])
    q = [1.0]
    while 1e-6 <= q[-1] <= 1e6 or len(q) <= int(numbers["depth"]):
        q.append(gain * second(phi(np.sqrt(q[-1]) * z)))
    leaves = next(i for i, moment in enumerate(q) if not 1e-6 <= moment <= 1e6)
    slope = (phi(z + 1e-5) - phi(z - 1e-5)) / 2e-5
    return {
        "q_L": q[int(numbers["depth"])],
        "depth_to_1e6": leaves,
        "var_w_stable": 1 / (float(numbers["n_in"]) * second(phi(z))),
        "bwd_var_w": 1 / (float(numbers["n_out"]) * second(slope)),
    }
