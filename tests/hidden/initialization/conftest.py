"""What the tests of all initialisers share. Every statistical check fails at a rate of 1e-9."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail


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
def goes_by_rng(rng):
    """Checks that a function of a generator draws all its numbers from it, and moves it on.

    `call` gets a generator and returns the student's Answer; `draws` takes its weights out of it.
    """

    def check(call, draws=lambda value: value):
        one, another = rng.integers(2**32, size=4), rng.integers(2**32, size=4)

        def answer(generator):
            found = call(generator)
            if found.error is not None:
                raise found.error
            return draws(found.value), found.after

        first, (after, _) = answer(np.random.default_rng(one))
        if not agrees(answer(np.random.default_rng(one))[0], first):
            fail("two generators in the same state give different weights.")
        if agrees(answer(np.random.default_rng(another))[0], first):
            fail("two generators in different states give the same weights.")
        moved = next(value for value in after if isinstance(value, np.random.Generator))
        if agrees(answer(moved)[0], first):
            fail("a second call with the same generator gives the same weights again.")

    return check
