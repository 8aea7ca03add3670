"""Which cells of a notebook are run for grading."""

import pytest

from autograder.sandbox import Limits
from autograder.seat import NOT_DRAWN, Seat
from autograder.submission import CodeCell


@pytest.fixture
def shown(launch):
    """What a notebook of one cell shows."""

    def run(source, *, locked, only_shows):
        with Seat(launch, Limits(), [CodeCell(0, source, locked, only_shows)]) as seat:
            return seat.outputs[0]

    return run


def test_a_picture_of_ours_is_not_drawn(shown):
    assert shown("plt.plot(1 / 0)", locked=True, only_shows=True) == [NOT_DRAWN]


@pytest.mark.parametrize(
    ("source", "locked", "only_shows"),
    [
        ("print('plt.')", False, True),  # the student's own
        ("import matplotlib.pyplot as plt; print('plt.')", True, False),  # others need it
        ("print('plt')", True, True),  # a check
    ],
)
def test_every_other_cell_is_run(shown, source, locked, only_shows):
    (printed,) = shown(source, locked=locked, only_shows=only_shows)
    assert printed["text"].startswith("plt")
