"""Hidden tests of network_loss: the loss as a function, and the gradients against its slopes."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged

pytestmark = pytest.mark.on_call("softmax_cross_entropy")  # of any network's logits


@points(0.75)
def test_cross_entropy(rng, digits, network, form):
    """gives the cross-entropy of a softmax over ten classes, for single images"""
    images, _ = digits.some(4)
    params = network()
    answers = [form.losses_by_label(params, image) for image in images]
    # The same masks for every label.
    answers += [form.losses_by_label(params, image, train=True) for image in images]
    for losses in answers:
        total = np.exp(-losses).sum()
        if not abs(total - 1) <= 1e-6:
            fail(
                "the ten losses of an image, one for each label, are not -log of ten probabilities:"
                f" the sum of exp(-loss) is {total:.6g}, expected 1."
            )


@points(0.5)
def test_batch(student, rng, digits, network, form):
    """gives the mean over the batch, to which each image adds the same in any company"""
    x, y = digits.some(7)
    params = network()
    one = [form.loss(student.network_loss(params, a[None], b[None], rng.spawn(1)[0], False))
           for a, b in zip(x, y, strict=True)]  # fmt: skip
    loss = form.loss(student.network_loss(params, x, y, rng.spawn(1)[0], False))
    agree(loss, float(np.mean(one)), "the loss of a batch of 7 for train=False")
    if np.ptp(one) < 1e-9:
        fail("seven different images have the same loss.")


@points(0.5)
def test_evaluation(student, rng, digits, network, form):
    """is not random for train=False, whatever was asked before"""
    x, y = digits.some(6)
    params = network()
    losses = [
        form.loss(student.network_loss(params, x, y, rng.spawn(1)[0], False)) for _ in range(4)
    ]
    for loss in losses[1:]:
        agree(loss, losses[0], "the loss for train=False and another generator")
    student.network_loss.answer(network(), *digits.some(9), rng.spawn(1)[0], True)
    again = form.loss(student.network_loss(params, x, y, rng.spawn(1)[0], False))
    agree(again, losses[0], "the loss for train=False after a call with train=True")
    other, answers = digits.some(6)
    if form.loss(student.network_loss(params, other, answers, rng.spawn(1)[0], False)) == losses[0]:
        fail("the loss is the same for other images.")


@points(1.5)
def test_gradients_of_weights(check_gradients):
    """gives the gradients of arrays with two or more axes, for single images"""
    check_gradients(1, lambda gradient: gradient.ndim > 1)


@points(0.75)
def test_gradients_of_vectors(check_gradients):
    """gives the gradients of arrays with one axis, such as biases, for single images"""
    check_gradients(1, lambda gradient: gradient.ndim <= 1)


@points(0.5)
def test_gradients_of_a_batch(check_gradients):
    """gives the gradients of the mean loss of a batch"""
    check_gradients(5, lambda gradient: True)


@points(0.25)
def test_generator(student, rng, digits, network, same_again):
    """draws all random numbers from the given generator"""
    params, (x, y) = network(), digits.some(9)
    seed = rng.integers(2**32, size=4)
    loss, grads = same_again(
        lambda labels, own: student.network_loss(params, x[: len(labels)], labels, own, True),
        seed,
        y,
        "different answers",
    )
    agree(loss, 0.0, "loss", tol=np.inf)
    agree(grads, params, "grads", tol=np.inf)


@points(0.25)
def test_nonlinear(noise, network, form):
    """is more than an affine function of the pixels"""
    a, b = noise(2)
    params = network()
    # Of the losses, the differences are differences of logits.
    ends, middle = [
        [losses - losses[0] for losses in (form.losses_by_label(params, x) for x in images)]
        for images in ((a, b), ((a + b) / 2,))
    ]
    if agrees((ends[0] + ends[1]) / 2, middle[0]):
        fail(
            "half-way between two images, all logits are half-way too: the network is an affine"
            " function. Is there a nonlinearity between its layers?"
        )


@points(0.25)
def test_arguments_unchanged(student, rng, digits, network, form):
    """leaves params, x and y as they were"""
    params, (x, y) = network(), digits.some(5)
    _, grads = unchanged(student.network_loss, params, x, y, rng.spawn(1)[0], True)
    agree(grads, params, "grads", tol=np.inf)
    if not any(np.any(gradient) for gradient in form.arrays(grads).values()):
        fail("all gradients are zero.")
