"""No message holds what a student could have taken from a hidden test, or what a terminal obeys."""

import io
import re

from rich.console import Console

from autograder.messages import message_for
from autograder.suite.calls import Call, StudentError
from autograder.suite.examiner import Outcome
from autograder.table import show

CALL = Call("f", "f(x)")


def message(name, *bases, text="0.1 0.2"):
    return message_for("f", Outcome(StudentError(name, text, bases), (CALL,)))


def test_an_exception_named_after_the_inputs_is_shown_by_the_class_it_is_of():
    bases = "ValueError", "Exception", "BaseException"
    assert message("ValueError", *bases) == "f(x) raised ValueError."
    assert message("LinAlgError", *bases) == "f(x) raised LinAlgError."
    said = "f(x) raised an exception of a class derived from ValueError."
    assert message("E01e02e03", *bases) == said
    assert message("E01e02e03", *bases, "E04e05e06", "print") == said
    assert message("E01e02e03") == "f(x) raised an exception of a class derived from Exception."


def test_a_type_named_after_the_inputs_is_no_more_than_an_object():
    said = "After your notebook had run, f was no function but an object{}."
    assert message("NotCallable", text="int") == said.format(" of type int")
    assert message("NotCallable", text="NoneType") == said.format(" of type NoneType")
    array = " of type ndarray of float64"
    assert message("NotCallable", text="ndarray of float64") == said.format(array)
    assert message("NotCallable", text="ndarray of E01e02e03") == said.format("")
    assert message("NotCallable", text="E01e02e03") == said.format("")
    assert message("NotCallable", text="0.1\npassed") == said.format("")


def test_the_terminal_shows_names_and_causes_as_text():
    bad = "\x1b]8;;http://x\x07[link=javascript:x]\u202e" + "<script>"
    test = {"status": "failed", "mistake": bad}
    numbers = dict.fromkeys(["score", "max_score", "seconds"], 0)
    exercises = [{"id": "toy", "tests": [test]}]
    report = {"student": bad, **numbers, "flags": [], "isolation": "", "exercises": exercises}
    console = Console(file=io.StringIO(), force_terminal=True, width=400, color_system=None)
    show(console, [report, report | {"flags": [bad]}])
    shown = console.file.getvalue()
    assert "[link=javascript:x]<script>" in shown
    assert not re.search(r"[\x07\u202e]|\x1b\]", shown)
