"""Hidden tests of predict, beside the student's own network_loss."""

import itertools

import numpy as np
import pytest

from autograder.suite import fail, points, unchanged


@points(0.5)
def test_labels(student, rng, digits, network, form):
    """gives one int from 0 to 9 for each image"""
    params = network()
    for count in (1, 3, 12):
        form.labels(student.predict(params, digits.some(count)[0]), count)


def closer(label, a, b):
    """Two images between a and b that are almost the same, and have different labels still."""
    first = label(a)
    for _ in range(8):
        middle = (a + b) / 2
        a, b = (middle, b) if label(middle) == first else (a, middle)
    return [a, b]


@points(0.75)
@pytest.mark.slow
def test_most_probable(student, digits, noise, network, form):
    """gives the label whose loss is smallest"""
    wrong = count = 0
    for _ in range(3):
        params = network()

        def label(image, params=params):
            return form.labels(student.predict(params, image[None]), 1)[0]

        x = [*digits.some(4)[0], *noise(4)]
        if form.is_random(params, np.array(x), np.arange(len(x))):
            continue
        labels = [label(image) for image in x]
        pairs = zip(itertools.pairwise(x), itertools.pairwise(labels), strict=True)
        near = [closer(label, *images) for images, (one, other) in pairs if one != other]
        x += itertools.chain(*near)
        labels += map(label, itertools.chain(*near))
        right = [form.losses_by_label(params, image).argmin() for image in x]
        wrong += sum(mine != label for mine, label in zip(labels, right, strict=True))
        count += len(x)
    if wrong:
        fail(
            f"for {wrong} of {count} images, network_loss gives a smaller loss to another label"
            " (train=False, one image at a time). Do both compute the same network?"
        )


@points(0.5)
def test_company(student, rng, digits, noise, network, form):
    """gives every image the same label, whatever else is in the batch"""
    changed = []
    for _ in range(3):
        params = network()
        x = np.concatenate([digits.some(12)[0], noise(12)])
        alone = [form.labels(student.predict(params, image[None]), 1)[0] for image in x]
        together = form.labels(student.predict(params, x), len(x))
        mates = np.concatenate([x, np.ones_like(x), np.round(noise(24))])
        crowd = form.labels(student.predict(params, mates), len(mates))[: len(x)]
        changed += [int((labels != np.array(alone)).sum()) for labels in (together, crowd)]
    if any(changed):
        fail(f"{max(changed)} of 24 images get another label alone than in a batch.")


@points(0.25)
def test_arguments_unchanged(student, digits, network, form):
    """leaves params and x as they were"""
    x = digits.some(6)[0]
    form.labels(unchanged(student.predict, network(), x), len(x))
