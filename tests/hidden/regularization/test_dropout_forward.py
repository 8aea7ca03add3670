"""Hidden tests of dropout_forward. Statistical checks: 25, each with a false-alarm rate of 1e-9."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, proportion, unchanged

FLAT, IMAGES, SEQUENCES = (70, 66), (9, 4, 12, 11), (12, 15, 26)
NOT_RNG = "as if the numbers did not come from the given generator"


@pytest.fixture
def keep(rng):
    """A probability that is not a half."""
    return float(rng.choice([rng.uniform(0.3, 0.4), rng.uniform(0.6, 0.75)]))


@pytest.fixture
def forward(student, rng):
    """Gives x without zeros, and what dropout makes of it, after a look at its form."""

    def draw(shape, keep, **options):
        x = rng.uniform(0.5, 2, shape) * rng.choice([-1, 1], shape)
        out, _ = student.dropout_forward(x, keep, rng.spawn(1)[0], **options)
        agree(out, x, "out", tol=np.inf)
        return x, np.asarray(out)

    return draw


@points(0.75)
def test_kept_entries(forward, keep):
    """divides the entries that it keeps by keep, and makes the others exactly 0"""
    # With a keep of at least 0.3, all entries of one are dropped less than once in 10^10 times.
    for shape in [(9, 8), (3, 2, 5, 4), (66,)]:
        x, out = forward(shape, keep)
        agree(out, np.where(out == 0, 0.0, x / keep), "out")
        if not out.any():
            fail("out is all 0.")


@points(0.75)
def test_share(forward, keep):
    """keeps as many entries as keep says"""
    for shape, share in [(FLAT, keep), (IMAGES, keep), (FLAT, 0.993)]:
        _, out = forward(shape, share)
        what = f"entries are kept with keep={share:.3g}"
        proportion(int((out != 0).sum()), out.size, share, what)  # ALPHA: 3 * 1e-9


@points(0.75)
def test_independent(forward, keep):
    """decides for every entry on its own: for examples, features, channels and positions"""
    for shape in (FLAT, IMAGES, SEQUENCES):
        _, out = forward(shape, keep)
        for axis, size in enumerate(shape):
            # Pairs that have no entry in common. ALPHA: 18 * 1e-9
            kept, half = np.moveaxis(out != 0, axis, 0), size // 2
            pairs = kept[: 2 * half]
            check_pairs(pairs[::2], pairs[1::2], keep, f"neighbours along axis {axis} of x")
            # One half's mask can be used again, or turned round, for the other half.
            apart = f"entries of x that are half of axis {axis} apart"
            check_pairs(kept[:half], kept[-half:], keep, apart)


def check_pairs(one, other, keep, name):
    """Check that two entries are kept or dropped together as often as independent ones."""
    together = keep**2 + (1 - keep) ** 2
    what = f"{name} are both kept or both dropped"
    proportion(int((one == other).sum()), one.size, together, what)


@points(0.25)
def test_next_call(student, rng, keep):
    """draws a new mask in every call, independent of the one before"""
    x, generator = np.ones(FLAT), rng.spawn(1)[0]
    one, generator = step(student, x, keep, generator)
    other, _ = step(student, x, keep, generator)
    check_pairs(one, other, keep, "entries of x in two calls")  # ALPHA: 1e-9


def step(student, x, keep, generator):
    """Which entries were kept in a call, and the generator as it was left."""
    found = student.dropout_forward.answer(x, keep, generator)
    if found.error is not None:
        raise found.error
    out, _ = found.value
    agree(out, x, "out", tol=np.inf)
    moved = [value for value in found.after[0] if isinstance(value, np.random.Generator)]
    return np.asarray(out) != 0, moved[0]


@points(0.25)
def test_number_varies(forward, rng):
    """leaves the number of kept entries to chance, also whether any are kept"""
    keep = float(rng.uniform(0.4, 0.6))
    # ALPHA: 2 * 1e-9. A count of 3 entries has no value with a probability above 0.45, and 0.45^31
    # is less than 1e-10; a single entry is kept in all calls or in none with 0.6^42 + 0.4^42.
    for size, calls in [(3, 32), (1, 42)]:
        counts = {int((forward((1, size), keep)[1] != 0).sum()) for _ in range(calls)}
        if len(counts) == 1:
            fail(f"x of shape (1, {size}): {counts.pop()} kept in each of {calls} calls.")


@points(0.25)
def test_not_by_value(forward, keep):
    """pays no attention to what the entries are"""
    x, out = forward(FLAT, keep)
    largest = np.abs(x) > np.median(np.abs(x))
    kept = int((out[largest] != 0).sum())
    proportion(kept, int(largest.sum()), keep, "of the larger entries are kept")  # ALPHA: 1e-9


@points(0.25)
def test_evaluation(forward, keep):
    """gives x itself in evaluation"""
    for shape in [(6, 5), (2, 3, 4, 5)]:
        x, out = forward(shape, keep, train=False)
        agree(out, x, "out, train=False")


@points(0.25)
def test_keep_all(forward):
    """drops nothing if keep is 1"""
    for train in (True, False):
        x, out = forward((9, 7), 1.0, train=train)
        agree(out, x, f"out, keep=1, {train=}")


@points(0.25)
def test_generator(student, rng, keep):
    """draws from the given generator only"""
    x, (one, another) = np.ones((12, 9)), rng.integers(2**32, size=(2, 4))
    first, moved = step(student, x, keep, np.random.default_rng(one))
    # Two masks of so many entries are the same by chance less than once in 10^20 times.
    if not agrees(step(student, x, keep, np.random.default_rng(one))[0] * 1, first * 1):
        fail(f"gives different masks for two generators in the same state, {NOT_RNG}.")
    if agrees(step(student, x, keep, np.random.default_rng(another))[0] * 1, first * 1):
        fail(f"gives the same mask for two generators in different states, {NOT_RNG}.")
    if agrees(step(student, x, keep, moved)[0] * 1, first * 1):
        fail("gives the same mask again in a second call with the same generator.")


@points(0.25)
def test_argument_unchanged(student, rng, keep):
    """leaves x as it was, in training and in evaluation"""
    x = rng.standard_normal((6, 4))
    for train in (True, False):
        out, _ = unchanged(student.dropout_forward, x, keep, rng.spawn(1)[0], train=train)
        agree(out, x, "out", tol=np.inf)
