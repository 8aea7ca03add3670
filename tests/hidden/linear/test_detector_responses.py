"""Hidden tests of detector_responses: first on rows of length 1, then on others."""

import numpy as np

from autograder.suite import agree, points, unchanged


def of_unit_length(rows):
    """The rows, each divided by its length."""
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@points(0.75)
def test_unit_rows(student, reference, rng):
    """gives every example's inner product with every row (here of length 1)"""
    X, W = 3 * rng.standard_normal((5, 4)), of_unit_length(rng.standard_normal((6, 4)))
    agree(student.detector_responses(X, W), reference.detector_responses(X, W))


@points(0.5)
def test_row_lengths(student, reference, rng):
    """gives the same responses however long the rows of W are"""
    X, W = rng.standard_normal((4, 5)), rng.standard_normal((3, 5))
    lengths = rng.permutation([1e-9, 0.2, 7.0])[:, None]
    responses = student.detector_responses(X, lengths * W)
    agree(responses, reference.detector_responses(X, W))


@points(0.5)
def test_best_stimulus(student, rng):
    """responds with 1 to an example of length 1 along the row, and with less to all others"""
    W = rng.permutation([0.3, 1.5, 4.0, 9.0])[:, None] * rng.standard_normal((4, 6))
    X = of_unit_length(np.vstack([W, rng.standard_normal((3, 6))]))
    responses = student.detector_responses(X, W)
    agree(responses, X @ W.T, tol=np.inf)  # shape, type and finiteness
    agree(responses.diagonal(), np.ones(4), "the response of each detector to its own row")
    agree(responses.argmax(axis=0), np.arange(4), "the example that excites each detector most")


@points(0.25)
def test_arguments_unchanged(student, rng):
    """leaves X and W as they were"""
    X, W = rng.standard_normal((3, 5)), rng.standard_normal((4, 5))
    unchanged(student.detector_responses, X, W)
    # Every row a shift of the first: another idea of length changes all responses by one factor,
    # and examples that are the detectors themselves forgive the rest.
    first = rng.uniform(1, 2, 4)
    V = of_unit_length(np.array([np.roll(first, i) for i in range(4)]))
    responses = student.detector_responses(V, V)
    agree(responses, V @ V.T, tol=np.inf)
    scale = np.linalg.norm(responses) or 1.0
    agree(responses / scale, V @ V.T / np.linalg.norm(V @ V.T), "responses, up to a factor,")
