"""Which cells of a notebook are run for grading, and what counts as its time."""

import time

import pytest

from autograder.budget import Budget
from autograder.sandbox import Ending, Limits
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


def test_the_graders_own_time_is_not_the_notebooks():
    budget = Budget(Limits(submission_seconds=0.2))
    time.sleep(0.3)
    assert budget.left() > 0.1
    with budget.running(), budget.running():
        time.sleep(0.3)
        with pytest.raises(Ending, match=r"had used up its 0\.2 s"):
            budget.left()
    with pytest.raises(Ending):
        budget.left()


def test_a_function_that_ran_out_of_time_is_told_why_it_gets_less_then(launch):
    source = "import time\n\ndef wait():\n    time.sleep(60)"
    with Seat(launch, Limits(call_seconds=1), [CodeCell(0, source, False, False)]) as seat:
        for sentence in (r"after 1 s$", r"after 0\.2 s, all that it got, since it had run out"):
            with pytest.raises(Ending, match=sentence):
                seat.perform("wait", (), {}, ())
