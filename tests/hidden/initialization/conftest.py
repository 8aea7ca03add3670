"""What the tests of random functions share.

Every statistical check says its false-alarm rate where it stands: ALPHA = 1e-9 each, by exact laws.
A submission meets 54: 8 in each of three normal initialisers, 6 in each of three uniform ones, 9 in
orthogonal, 3 in pretrain. Sum: 5.4e-8.
"""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail

NOT_MOVED = "and leaves them where they were: it, or a function that it calls, draws from"
GLOBAL = f"{NOT_MOVED} NumPy's global generator instead of rng, or from a new one of its own."
FIXED = f"{NOT_MOVED} a generator with a fixed seed instead of rng (np.random.seed, say)."


@pytest.fixture
def draw(student, rng):
    """Lets one of the student's initialisers draw; what comes back has been checked for its form.

    The student gets a generator of its own: the test's goes on drawing independent numbers.
    """

    def drawn(name, shape, **options):
        W = getattr(student, name)(shape, rng.spawn(1)[0], **options)
        agree(W, np.zeros(shape), "W", tol=np.inf)
        return np.asarray(W, float)

    return drawn


@pytest.fixture
def repeats():
    """Checks that a function gives the same weights for generators in the same state.

    `call` gets a generator and returns the student's Answer; `draws` takes its weights out of it.
    Gives these weights, and the generator as the function left it.
    """

    def check(call, seed, draws=lambda value: value):
        first, moved = answer(call, np.random.default_rng(seed), draws)
        again, _ = answer(call, np.random.default_rng(seed), draws)
        if not agrees(again, first):
            what = "gives different weights for two generators in the same state"
            fail(f"{what}, {GLOBAL}" if is_as_new(moved, seed) else f"{what}.")
        return first, moved

    return check


@pytest.fixture
def goes_by_rng(rng, repeats):
    """Checks that a function of a generator draws all its numbers from it, and moves it on."""

    def check(call, draws=lambda value: value):
        one, another = rng.integers(2**32, size=4), rng.integers(2**32, size=4)
        first, moved = repeats(call, one, draws)
        if agrees(answer(call, np.random.default_rng(another), draws)[0], first):
            what = "gives the same weights for two generators in different states"
            fail(f"{what}, {FIXED}" if is_as_new(moved, one) else f"{what}.")
        if agrees(answer(call, moved, draws)[0], first):
            what = "gives the same weights again in a second call with the same generator"
            fail(f"{what}, {GLOBAL}" if is_as_new(moved, one) else f"{what}.")

    return check


def answer(call, generator, draws):
    """The weights that a function draws, and the generator as it leaves it."""
    found = call(generator)
    if found.error is not None:
        raise found.error
    after, _ = found.after
    moved = next(value for value in after if isinstance(value, np.random.Generator))
    return draws(found.value), moved


def is_as_new(generator, seed):
    """Whether nothing has been drawn from a generator with this seed."""
    return generator.bit_generator.state == np.random.default_rng(seed).bit_generator.state
