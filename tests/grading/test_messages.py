"""A message says of which call something is wrong, and in whose line of the notebook."""

import numpy as np
import pytest

from autograder.messages import message_for
from autograder.places import Places
from autograder.sandbox import RemoteError
from autograder.submission import CodeCell
from autograder.suite.calls import Answer, Call, Place, StudentError
from autograder.suite.examiner import Outcome

FIT, LOSS = Call("fit", "fit(x)"), Call("network_loss", "network_loss(x)")


def test_what_a_test_finds_wrong_is_said_of_the_exercise():
    outcome = Outcome(AssertionError("the history is wrong."), (FIT, LOSS))
    assert message_for("fit", outcome) == "fit(x): the history is wrong."


@pytest.mark.parametrize("calls", [(LOSS,), (LOSS, LOSS)])
def test_a_test_that_did_not_come_to_its_exercise_says_so(calls):
    start = "This test of fit starts with your network_loss, and could not go on. "
    outcome = Outcome(AssertionError("the loss is nan."), calls)
    assert message_for("fit", outcome) == f"{start}network_loss(x): the loss is nan."


def test_an_exception_is_said_of_the_call_that_raised_it():
    outcome = Outcome(StudentError("IndexError", ""), (FIT, LOSS))
    assert message_for("fit", outcome) == "network_loss(x) raised IndexError."


@pytest.mark.parametrize(
    ("function", "said"),
    [
        ("", "fit is not written yet."),
        ("fit", "fit is not written yet."),
        ("predict", "fit calls predict, which is not written yet."),
    ],
)
def test_a_stub_is_named_by_its_own_name(function, said):
    error = StudentError("NotImplementedError", "", (), Place("raise", function))
    assert message_for("fit", Outcome(error, (FIT,))) == said


def test_a_constructor_is_its_class():
    error = StudentError("NotImplementedError", "", (), Place("raise", "fit.__init__"))
    assert message_for("fit", Outcome(error, (FIT,))) == "fit is not written yet."


@pytest.mark.parametrize(("given", "whose"), [(True, "the lesson's"), (False, "your")])
def test_a_line_is_the_lessons_or_the_students(given, whose):
    error = StudentError("ValueError", "", (), Place("a @ b", "f", given))
    said = f"fit(x) raised ValueError, in {whose} line “a @ b”."
    assert message_for("fit", Outcome(error, (FIT,))) == said


@pytest.mark.parametrize(
    ("asked", "handed"),
    [
        ([(1, (np.ones((5, 2)),)), (2, (np.ones(4),))], "an array of shape (4,)"),
        ([(1, (0.5, None))], "float 0.5"),
        ([(1, ())], "something"),
        ([(1, (0,))] * 100, "something"),
        ([], "something"),
    ],
)
def test_what_a_function_of_the_test_could_not_use_is_described(asked, handed):
    call = Call("fit", "fit(x)", Answer(asked=tuple(asked)))
    outcome = Outcome(StudentError("CallbackFailed", "ValueError: no"), (call,))
    assert message_for("fit", outcome) == f"fit(x) handed on {handed} that could not be used."


@pytest.fixture
def places():
    own = CodeCell(1, "class Chain:\n    def forward(self):\n        return 1 / 0", False, False)
    given = CodeCell(0, "def scale(x):\n    return x @ x", True, False)
    return Places([given, own])


def test_lines_are_told_apart_by_their_cells(places):
    def said(line, name):
        return places.of(RemoteError("E", "", name, line))

    assert said("return x @ x", "scale") == Place("return x @ x", "scale", given=True)
    assert said("return 1 / 0", "Chain.forward") == Place("return 1 / 0", "Chain.forward")


def test_what_is_in_no_cell_is_not_shown(places):
    for name in ("x0123", "scale.x0123", "Chain.forward.x0123", "scale 0123"):
        assert places.of(RemoteError("E", "", name, "0.123")) == Place(given=True)
