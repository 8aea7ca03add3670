"""Hidden tests of pretrain, from the student's own draws. Statistical checks: 3, 1e-9 each.

What a layer should become follows from what it was drawn as, which the student's function tells
when it is asked for no steps at all.
"""

import numpy as np
import pytest

from autograder.suite import Normal, agree, fail, normal_shape, points, second_moment, unchanged

WIDTHS = [8, 3, 5]
STEPS, LR = 25, 0.4


@pytest.fixture
def x(rng):
    """A batch with a mean and with directions of different spread."""
    return 0.5 + 0.5 * rng.standard_normal((14, 6)) @ rng.uniform(-1, 1, (6, 6))


@pytest.fixture
def pretrained(student, rng, repeats):
    """The student's encoders as they were drawn, and after training."""

    def encoders(x, steps=STEPS, lr=LR):
        def untrained(generator):
            return student.pretrain.answer(x, WIDTHS, 0, lr, generator)

        def in_form(value):
            agree(value, form(x), "the encoders for steps=0", tol=np.inf)
            return value

        seed = rng.integers(2**32, size=4)
        drawn, _ = repeats(untrained, seed, in_form)
        trained = student.pretrain(x, WIDTHS, steps, lr, np.random.default_rng(seed))
        agree(trained, form(x), "the encoders", tol=np.inf)
        return drawn, trained

    return encoders


def form(x):
    """Encoders of the right shapes."""
    inputs = [x.shape[1], *WIDTHS[:-1]]
    return [(np.zeros((k, d)), np.zeros(k)) for k, d in zip(WIDTHS, inputs, strict=True)]


def trained_from(reference, h, We, steps=STEPS, lr=LR):
    """What gradient descent makes of one layer."""
    parameters = [We, np.zeros(len(We)), We.T, np.zeros(We.shape[1])]
    for _ in range(steps):
        _, gradients = reference.autoencoder_step(h, *parameters)
        parameters = [p - lr * g for p, g in zip(parameters, gradients, strict=True)]
    return parameters[:2]


@points(0.75)
def test_drawn(student, rng):
    """draws the weights as xavier_normal does, and starts with biases of zero"""
    x = rng.standard_normal((4, 150))
    (W, b), (V, c) = student.pretrain(x, [int(rng.integers(90, 110)), 40], 0, 0.1, rng.spawn(1)[0])
    agree(W, np.zeros((len(b), 150)), "W of the first layer", tol=np.inf)
    agree(V, np.zeros((40, len(b))), "W of the second layer", tol=np.inf)
    law = Normal(np.sqrt(2 / (150 + len(b))))
    second_moment(W, law, "W of the first layer")  # ALPHA: 1e-9
    normal_shape(W, rng, "W of the first layer")  # ALPHA: 2 * 1e-9
    agree(b, np.zeros(len(W)), "b of the first layer")
    agree(c, np.zeros(40), "b of the second layer")


@points(0.75)
def test_one_step(reference, x, pretrained):
    """makes one step of the first layer"""
    drawn, trained = pretrained(x, steps=1, lr=0.7)
    W, b = trained_from(reference, x, drawn[0][0], steps=1, lr=0.7)
    agree(trained[0], (W, b), "(W, b) of the first layer after one step")


@points(1)
def test_first_layer(reference, x, pretrained):
    """trains the first layer for many steps"""
    drawn, trained = pretrained(x)
    W, b = trained_from(reference, x, drawn[0][0])
    agree(trained[0], (W, b), f"(W, b) of the first layer after {STEPS} steps")


@points(1.25)
def test_codes_feed_the_next(reference, x, pretrained):
    """trains every other layer on the codes of the trained layer before it"""
    drawn, trained = pretrained(x)
    h = x
    for layer in (1, 2):
        W, b = trained[layer - 1]
        h = np.tanh(h @ W.T + b)
        expected = tuple(trained_from(reference, h, drawn[layer][0]))
        agree(trained[layer], expected, f"(W, b) of layer {layer + 1}")


@points(0.5)
def test_arguments_unchanged(student, rng, x):
    """leaves x as it was"""
    encoders = unchanged(student.pretrain, x, WIDTHS, STEPS, LR, rng.spawn(1)[0])
    agree(encoders, form(x), "the encoders", tol=np.inf)
    if not any(np.any(W) for W, _ in encoders):
        fail("all weights are zero.")


@points(0.25)
def test_generator(student, x, goes_by_rng):
    """draws from the given generator only, and moves it on"""
    goes_by_rng(
        lambda generator: student.pretrain.answer(x, WIDTHS, 2, LR, generator),
        lambda encoders: [W for W, _ in encoders],
    )
