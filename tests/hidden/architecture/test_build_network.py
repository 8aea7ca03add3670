"""Hidden tests of build_network: whatever the architecture is."""

import numpy as np
import pytest

from autograder.suite import agrees, fail, points

pytestmark = pytest.mark.on_call("softmax_cross_entropy")  # of any network's logits

LARGEST_OFF = 0.2


@points(0.5)
def test_form(student, rng, form):
    """gives a dict of arrays of float64"""
    form.strict(student.build_network(rng.spawn(1)[0]))


@points(1.25)
def test_no_favourite(student, rng, digits, form):
    """favours no class: before training, the loss on digits is near log(10)"""
    for _ in range(6):
        params = form.lenient(student.build_network(rng.spawn(1)[0]))
        images, labels = digits.some(20)
        losses = [
            form.loss(student.network_loss(params, x[None], y[None], rng.spawn(1)[0], False))
            for x, y in zip(images, labels, strict=True)
        ]
        if not abs(np.mean(losses) - np.log(10)) <= LARGEST_OFF:
            fail(
                f"the mean loss of 20 digits is {np.mean(losses):.3f} before training, expected"
                f" log(10) = 2.303 within {LARGEST_OFF:g}: how large are the first logits?"
            )


@pytest.fixture
def drawn(student, form):
    """The student's arrays, and the generator as the function leaves it."""

    def draw(generator):
        answer = student.build_network.answer(generator)
        if answer.error is not None:
            raise answer.error
        params = form.lenient(answer.value)
        (moved,), _ = answer.after
        return params, moved

    return draw


def in_another_form(generator):
    """The same generator, but for a number that it keeps and does not use.

    NumPy's global generator starts from the arguments of a call, so it gives other numbers then.
    """
    state = generator.bit_generator.state
    assert not state["has_uint32"]
    generator.bit_generator.state = {**state, "uinteger": state["uinteger"] ^ 1}
    return generator


@points(0.75)
def test_generator(rng, drawn):
    """draws from the given generator only, and moves it on"""
    one, another = rng.integers(2**32, size=4), rng.integers(2**32, size=4)
    first, moved = drawn(np.random.default_rng(one))
    again, _ = drawn(in_another_form(np.random.default_rng(one)))
    other, _ = drawn(np.random.default_rng(another))
    second, _ = drawn(moved)
    if not agrees(again, first):
        fail(
            "gives different networks for two generators in the same state: either not all random"
            " numbers come from rng, or something is remembered from call to call."
        )
    if agrees(other, first):
        fail("gives the same network for two generators in different states.")
    if agrees(second, first):
        fail("gives the same network again in a second call with the same generator.")
