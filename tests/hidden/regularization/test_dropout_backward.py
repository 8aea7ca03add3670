"""Hidden tests of dropout_backward, by the mask that the student's own forward pass shows.

Each training pass has to keep some entries and to drop some: of 156 or more independent ones, with
keep between 0.38 and 0.62, all are kept or all dropped less than once in 10^32 times.
"""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged

NO_MASK = "the forward pass has dropped nothing, or everything: there is no mask to see."


@pytest.fixture
def passed(student, rng):
    """Runs a forward pass: dout, the cache, and the gradients that are right.

    They belong to the student's own forward pass, or to its mask with the right scale: what is
    wrong there has cost its points there.
    """

    def run(shape, train=True):
        keep = float(rng.choice([rng.uniform(0.38, 0.44), rng.uniform(0.56, 0.62)]))
        x = rng.uniform(0.5, 2, shape) * rng.choice([-1, 1], shape)
        dout = rng.standard_normal(shape)
        out, cache = student.dropout_forward(x, keep, rng.spawn(1)[0], train=train)
        agree(out, x, "out", tol=np.inf)
        if train and (np.all(out) or not np.any(out)):
            fail(NO_MASK)
        scaled = dout * (np.asarray(out) != 0) / keep if train else dout
        return dout, cache, [scaled, dout * out / x]

    return run


def check(dx, dout, right):
    """Compare with either of the right answers."""
    agree(dx, dout, "dx", tol=np.inf)
    if not agrees(dx, right[1]):
        agree(dx, right[0], "dx")


@points(0.5)
def test_rows(student, passed):
    """sends the gradient back through the mask of the forward pass, for rows"""
    for shape in [(13, 12), (40, 5)]:
        dout, cache, right = passed(shape)
        check(student.dropout_backward(dout, cache), dout, right)


@points(0.25)
def test_images(student, passed):
    """sends the gradient back through the mask of the forward pass, for images"""
    dout, cache, right = passed((4, 3, 5, 6))
    check(student.dropout_backward(dout, cache), dout, right)


@points(0.5)
def test_zeros(student, rng):
    """lets the gradient pass where x is 0 and was kept, and not where it was dropped"""
    keep, shape = float(rng.uniform(0.38, 0.62)), (23, 16)
    zero = rng.permutation(23 * 16).reshape(shape) < 180
    x = np.where(zero, 0.0, rng.uniform(0.5, 2, shape) * rng.choice([-1, 1], shape))
    dout, generator = rng.standard_normal(shape), rng.spawn(1)[0]
    out, cache = student.dropout_forward(x, keep, generator)
    small, _ = student.dropout_forward(np.where(zero, 1e-3, x), keep, generator)
    agree([out, small], [x, x], "out", tol=np.inf)
    if not np.any(out[~zero]):
        fail(NO_MASK)
    dx = student.dropout_backward(dout, cache)
    agree(dx, dout, "dx", tol=np.inf)
    # Where x is 0, out is 0 in either case: dx may be that of a kept or of a dropped entry.
    passes = np.where(zero, dx, out) != 0
    own = np.median(out[~zero & passes] / x[~zero & passes])
    check(dx, dout, [dout * passes / keep, dout * passes * own])
    # Both occur, unless a wrong forward pass treats all small entries alike.
    alike = np.all(small[zero]) or not np.any(small[zero])
    if not alike and (passes[zero].all() or not passes[zero].any()):
        what = "dropped" if passes[zero].all() else "kept"
        fail(f"{zero.sum()} entries of x are 0, and by dx not one of them was {what}.")


@points(0.25)
def test_evaluation(student, rng, passed):
    """lets the gradient pass after evaluation, and after training with keep = 1"""
    dout, cache, right = passed((6, 5), train=False)
    check(student.dropout_backward(dout, cache), dout, right)
    x = rng.uniform(0.5, 2, (5, 7))
    out, cache = student.dropout_forward(x, 1.0, rng.spawn(1)[0])
    if agrees(out, x):  # otherwise it has cost its points there
        agree(student.dropout_backward(-x, cache), -x, "dx for keep=1")


@points(0.25)
def test_again(student, passed):
    """gives the same answer in a second call, and uses each pass's own mask"""
    dout, cache, _ = passed((13, 12))
    other, another, _ = passed((13, 12))
    first = student.dropout_backward(dout, cache)
    agree(first, dout, "dx", tol=np.inf)
    agree(student.dropout_backward(other, another), other, "dx", tol=np.inf)
    agree(student.dropout_backward(dout, cache), first, "dx in a second call")
    if not first.any():
        fail("dx is all 0.")


@points(0.25)
def test_argument_unchanged(student, passed):
    """leaves dout as it was"""
    for train in (True, False):
        dout, cache, _ = passed((14, 12), train=train)
        agree(unchanged(student.dropout_backward, dout, cache), dout, "dx", tol=np.inf)
