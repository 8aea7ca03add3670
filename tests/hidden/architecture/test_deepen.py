"""Hidden tests of deepen."""

import numpy as np

from autograder.suite import agree, points

WIDTHS = (1, 4, 7)


@points(0.5)
def test_weights(student):
    """gives weights that change nothing"""
    for n in WIDTHS:
        W, _ = student.deepen(n)
        agree(W, np.eye(n), "W", tol=1e-12)


@points(0.25)
def test_bias(student):
    """gives a bias that changes nothing"""
    for n in WIDTHS:
        _, b = student.deepen(n)
        agree(b, np.zeros(n), "b", tol=1e-12)


@points(0.25)
def test_behind_relu(student, rng):
    """leaves the output of a ReLU network as it was, with a further ReLU behind the layer"""
    n, d_in, d_out = 6, 4, 3
    W1, W2 = rng.standard_normal((n, d_in)), rng.standard_normal((d_out, n))
    x = rng.standard_normal((15, d_in))
    new = student.deepen(n)
    agree(new, (np.zeros((n, n)), np.zeros(n)), "(W, b)", tol=np.inf)
    W, b = new
    h = np.maximum(x @ W1.T, 0)
    agree(np.maximum(h @ W.T + b, 0) @ W2.T, h @ W2.T, "the output of the deeper network")
