"""Chains, skips and dense blocks, and the paths through them: solutions of `composition`."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    class Layer(Protocol):
        """What everything here is made of, and what comes of it."""

        def forward(self, x: np.ndarray) -> np.ndarray:
            """Compute the output."""

        def backward(self, dout: np.ndarray) -> np.ndarray:
            """Compute the gradient of the input from that of the output."""


class Scale:
    """Multiply by a fixed factor: y = factor * x."""

    def __init__(self, factor: "float | np.ndarray") -> None:
        """Keep the factor: a number, or one number for each feature of x, shape (d,)."""
        self.factor = factor

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return factor * x."""
        return self.factor * x

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return the gradient with respect to x."""
        return self.factor * dout


class Tanh:
    """Apply tanh to every entry."""

    def __init__(self) -> None:
        """There is nothing to keep yet."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return tanh(x), and keep it for backward."""
        self.y = np.tanh(x)
        return self.y

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return the gradient with respect to the x of the latest forward."""
        return dout * (1 - self.y**2)


class Affine:
    """Map every row x of a batch to W x + b, with fixed W and b."""

    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        """Keep W of shape (d_out, d_in) and b of shape (d_out,)."""
        self.W, self.b = W, b

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return x W^T + b for x of shape (N, d_in)."""
        return x @ self.W.T + self.b

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return the gradient with respect to x; those of W and b are not needed here."""
        return dout @ self.W


class Watched:
    """A layer made of two functions, which can look at every call."""

    def __init__(
        self,
        forward: "Callable[[np.ndarray], np.ndarray]",
        backward: "Callable[[np.ndarray], np.ndarray]",
    ) -> None:
        """Keep the two functions."""
        self.on_forward, self.on_backward = forward, backward

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return what the first function makes of x."""
        return self.on_forward(x)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return what the second function makes of dout."""
        return self.on_backward(dout)


class Sequential:
    """Run layers one after the other. The chain is a layer itself.

    A layer is any object with two methods: forward(x) gives its output y, and backward(dout) takes
    the gradient of a loss with respect to the y of its latest forward, and gives the gradient with
    respect to the x of that forward. What backward needs, a layer keeps itself. Layers may be
    chains again, and may change the shape of what they get.

    Each forward of the chain calls forward of each of its layers exactly once, and nothing else.
    Each backward calls backward of each of its layers exactly once, and nothing else. A chain can
    be used again and again: backward belongs to the latest forward, and may be called several times
    after it, with any dout. Several chains exist side by side, and none disturbs another. No
    argument is modified: neither the list, nor x, nor dout.
    """

    def __init__(self, layers: "Sequence[Layer]") -> None:
        """Keep the layers.

        Parameters
        ----------
        layers : list of layers
            In the order in which x passes them: any number of them, also none. No layer is in it
            twice.
        """
        self.layers = layers

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Give every layer the output of the layer before it, the first one x.

        Parameters
        ----------
        x : ndarray of floats
            Of any shape that the first layer takes.

        Returns
        -------
        y : ndarray
            The output of the last layer; a chain without layers gives x.
        """
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Give the gradient of sum(dout * y) with respect to the x of the latest forward.

        Parameters
        ----------
        dout : ndarray of floats, the shape of y
            The gradient of the loss with respect to y.

        Returns
        -------
        dx : ndarray, the shape of x
            A chain without layers gives dout.
        """
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout


class Residual:
    """Add the input of a layer to its output: y = x + F(x). The result is a layer itself.

    F is the inner layer: any object with the methods forward and backward, as in `Sequential`; it
    may be a chain, or a Residual again.

    Each forward calls forward of the inner layer exactly once, and nothing else. Each backward
    calls backward of the inner layer exactly once, and nothing else. A Residual can be used again
    and again: backward belongs to the latest forward, and may be called several times after it,
    with any dout. Several of them exist side by side, and none disturbs another. No array is
    modified: not x, not dout, and not what the inner layer returns, which that layer may keep for
    itself.

    References
    ----------
    He, Zhang, Ren and Sun (2016), "Deep residual learning for image recognition"; lecture, section
    "Residual Connection Theory".
    """

    def __init__(self, inner: "Layer") -> None:
        """Keep the inner layer.

        Parameters
        ----------
        inner : layer
            The layer F.
        """
        self.inner = inner

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Give x + F(x).

        Parameters
        ----------
        x : ndarray of floats
            Of any shape that the inner layer takes.

        Returns
        -------
        y : ndarray, the shape of x

        Raises
        ------
        ValueError
            If F(x) has another shape than x, even if NumPy could broadcast the two.
        """
        branch = self.inner.forward(x)
        if branch.shape != x.shape:
            raise ValueError(f"the inner layer made {branch.shape} of {x.shape}")
        return x + branch

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Give the gradient of sum(dout * y) with respect to the x of the latest forward.

        Parameters
        ----------
        dout : ndarray of floats, the shape of y
            The gradient of the loss with respect to y.

        Returns
        -------
        dx : ndarray, the shape of x
        """
        return dout + self.inner.backward(dout)


def residual_jacobian(jacobians: "Sequence[np.ndarray]") -> np.ndarray:
    """Give the Jacobian of a chain of residual blocks from the Jacobians of their inner layers.

    Block l maps a vector y_(l-1) to y_l = y_(l-1) + F_l(y_(l-1)), and J_l is the Jacobian of F_l
    where it is evaluated: J_l[i, j] is the derivative of output i with respect to input j. No
    argument is modified.

    Parameters
    ----------
    jacobians : list of ndarray of floats, each of shape (n, n)
        J_1, ..., J_L, in the order in which the signal passes the blocks. L is at least 1; the
        matrices need not commute, be symmetric or be invertible.

    Returns
    -------
    total : ndarray, shape (n, n)
        The Jacobian of y_L with respect to y_0, in the same orientation.

    References
    ----------
    Lecture, section "Residual Connection Theory"; it leaves the order of the product open.
    """
    total = np.eye(jacobians[0].shape[0])
    for J in jacobians:
        total = total + J @ total
    return total


def path_length_pmf(L: int) -> np.ndarray:
    """Give the share of the paths of each length among all paths through L residual blocks.

    At every block a path takes the skip or goes through the inner layer. Its length is the number
    of inner layers that it goes through.

    Parameters
    ----------
    L : int
        The number of blocks, from 0 to 2000. For large L the number of paths is larger than any
        float; the shares are exact to within the rounding of float64 all the same, those that are
        smaller than any float are 0.

    Returns
    -------
    pmf : ndarray of floats, shape (L + 1,)
        pmf[k] is the number of paths of length k, divided by the number of all paths.

    References
    ----------
    Veit, Wilber and Belongie (2016), "Residual networks behave like ensembles of relatively shallow
    networks".
    """
    return np.array([math.comb(L, k) / 2**L for k in range(L + 1)])


def path_contribution(jacobians: "Sequence[np.ndarray]", length: int) -> np.ndarray:
    """Add up what all paths of one length contribute to the Jacobian of a chain of residual blocks.

    A path chooses some of the L blocks and goes through their inner layers, in the order of the
    network; at all others it takes the skip. It contributes the product of the Jacobians of the
    inner layers on its way; one that skips all of them contributes the identity. The contributions
    of all lengths from 0 to L add up to the result of `residual_jacobian`. No argument is modified.

    Parameters
    ----------
    jacobians : list of ndarray of floats, each of shape (n, n)
        As for `residual_jacobian`. L may be as large as 40: then there are 10^12 paths, too many to
        visit one by one.
    length : int
        The number of inner layers on the way, 0 or more. Of more than L there is no path: the sum
        is a matrix of zeros.

    Returns
    -------
    total : ndarray, shape (n, n)
        The sum, not the mean, over all paths of this length.

    References
    ----------
    Veit, Wilber and Belongie (2016), "Residual networks behave like ensembles of relatively shallow
    networks".
    """
    n = jacobians[0].shape[0]
    sums = [np.eye(n)] + [np.zeros((n, n)) for _ in range(length)]
    for J in jacobians:
        for k in range(length, 0, -1):
            sums[k] = sums[k] + J @ sums[k - 1]
    return sums[length]


def densenet_channels(k0: int, k: int, L: int) -> list[int]:
    """Count the input channels of every layer of a dense block.

    Every layer of the block gets the input of the block together with the outputs of all layers
    before it, and puts out k channels of its own.

    Parameters
    ----------
    k0 : int
        The channels of the block's input, at least 1.
    k : int
        The growth rate: the channels that each layer puts out, at least 1.
    L : int
        The number of layers, 0 or more.

    Returns
    -------
    channels : list of int
        The input channels of the layers 1, ..., L; empty for L = 0.

    References
    ----------
    Huang, Liu, van der Maaten and Weinberger (2017), "Densely connected convolutional networks";
    lecture, section "Dense Connections (DenseNet)".
    """
    return [k0 + layer * k for layer in range(L)]


def densenet_params(k0: int, k: int, L: int, kernel: int = 3) -> int:
    """Count the weights of a dense block of convolutions.

    Each of the L layers is one convolution with square kernels and k output channels, on all the
    input channels that `densenet_channels` counts. There are no biases, no normalisation and no
    other layers.

    Parameters
    ----------
    k0, k, L : int
        As for `densenet_channels`.
    kernel : int
        The side of the kernels, at least 1.

    Returns
    -------
    weights : int
        The sum over all layers; 0 for L = 0.

    References
    ----------
    Huang, Liu, van der Maaten and Weinberger (2017), "Densely connected convolutional networks".
    """
    return sum(kernel * kernel * channels * k for channels in densenet_channels(k0, k, L))


class DenseBlock:
    """Give every layer all features so far, and keep them all. The block is a layer itself.

    Features (or channels) are axis 1 of every array: x has shape (N, C) or (N, C, H, W), and a
    layer of the block changes the length of axis 1 only. The first layer gets x. Every other layer
    gets x and the outputs of all layers before it, joined along axis 1 in this order: x first, then
    the outputs in the order of the layers. Layers are objects with the methods forward and
    backward, as in `Sequential`; they need not all put out the same number of features.

    Each forward calls forward of each layer exactly once, and nothing else. Each backward calls
    backward of each layer exactly once, and nothing else. A block can be used again and again:
    backward belongs to the latest forward, and may be called several times after it, with any dout.
    Several blocks exist side by side, and none disturbs another. No argument is modified: neither
    the list, nor x, nor dout; nor is what the layers return, which they may keep for themselves.

    References
    ----------
    Huang, Liu, van der Maaten and Weinberger (2017), "Densely connected convolutional networks";
    lecture, section "Dense Connections (DenseNet)".
    """

    def __init__(self, layers: "Sequence[Layer]") -> None:
        """Keep the layers.

        Parameters
        ----------
        layers : list of layers
            In the order in which they run: any number of them, also none. No layer is in it twice.
        """
        self.layers = layers

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Give all features: those of x, and the outputs of all layers behind them.

        Parameters
        ----------
        x : ndarray of floats, shape (N, C) or (N, C, H, W)
            The block's input.

        Returns
        -------
        y : ndarray, shape (N, C + all features put out by the layers) or the same with H and W
            x first, then the outputs in the order of the layers; x itself if there are no layers.
        """
        self.widths: list[int] = []
        for layer in self.layers:
            self.widths.append(x.shape[1])
            x = np.concatenate([x, layer.forward(x)], axis=1)
        return x

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Give the gradient of sum(dout * y) with respect to the x of the latest forward.

        Parameters
        ----------
        dout : ndarray of floats, the shape of y
            The gradient of the loss with respect to y.

        Returns
        -------
        dx : ndarray, the shape of x
            A block without layers gives dout.
        """
        for layer, width in zip(reversed(self.layers), reversed(self.widths), strict=True):
            dout = dout[:, :width] + layer.backward(dout[:, width:])
        return dout


def skips_and_paths_numbers(student: str) -> dict[str, int | float]:
    """Draw the numbers of the question on skips and paths for one student.

    Parameters
    ----------
    student : str
        The student's id, the one used for submission.

    Returns
    -------
    numbers : dict
        "L", "k", "s2" and "n".
    """
    import hashlib

    draw = hashlib.sha256(f"skips_and_paths {student}".encode()).digest()
    L = 24 + draw[0] % 25
    return {
        "L": L,
        "k": L // 2 - 1 - draw[1] % 4,
        "s2": round(0.2 + 0.05 * (draw[2] % 13), 2),
        "n": 3 + draw[3] % 3,
    }


def skips_and_paths(numbers: dict[str, int | float]) -> dict[str, Any]:
    """Answer the question on skips and paths for the numbers you were given.

    You may compute the answers, with functions of your own as well, or write them down as literals:
    the function is called with your own numbers only. All questions are about a chain of L residual
    blocks y = x + F(x); J is the Jacobian of the inner layer F of a block, an n x n matrix.

    Parameters
    ----------
    numbers : dict
        "L", "k", "s2" and "n", from `skips_and_paths_numbers`.

    Returns
    -------
    claims : dict
        "paths": int, the number of paths through the chain.
        "p_len_le_k": float, the share of these paths that go through at most k inner layers, to
        within 0.1 % of it.
        "growth": float, the expected squared norm of the gradient at the input of the chain,
        divided by that at its output, to within 1 %. Here the entries of all J are independent,
        with mean 0 and variance s2 / n, and do not depend on the gradient that arrives.
        "counterexample_J": n rows of n numbers, a list of lists or an array. A matrix J for which
        the Jacobian of a whole chain is singular, if all its blocks have this same J: the gradient
        of some direction is lost entirely, in spite of the skips. The entries lie between -10 and
        10, and the smallest singular value of I + J is at most 1e-6.

    References
    ----------
    Lecture, "Advanced Understanding Questions", the one on residual connections: its answer says
    that the identity ensures gradient flow, and speaks of 2^L effective paths.
    """
    L, k, n = int(numbers["L"]), int(numbers["k"]), int(numbers["n"])
    paths = 2**L
    return {
        "paths": paths,
        "p_len_le_k": float(path_length_pmf(L)[: k + 1].sum()),
        "growth": (1 + numbers["s2"]) ** L,
        "counterexample_J": (-np.eye(n)).tolist(),
    }
