"""Known mistakes are the reference with one edit; a wrong entry is one clear line."""

import pytest

from autograder.layout import CourseError
from autograder.suite.mistakes import load_mistakes

SOLUTIONS = '''
def square(x):
    """Give x * x, where x * x * x is the cube."""
    return x * x

def fourth(x):
    """Square twice."""
    y = square(x)
    return square(y)
'''
EDIT = """
[[square]]
name = "doubles"
correct = "x * x"
buggy = "2 * x"
hint = "What is the square of 3?"
"""
CODE = """
[[fourth]]
name = "once"
code = '''
def fourth(x):
    return square(x)
'''
hint = "And again."
"""


def test_without_a_file_there_are_no_mistakes(course):
    assert load_mistakes(course(SOLUTIONS)) == []


def test_an_edit_changes_the_body_and_not_the_docstring(course):
    (mistake,) = load_mistakes(course(SOLUTIONS, mistakes=EDIT))
    assert (mistake.exercise, mistake.name, mistake.hint) == (
        "square", "doubles", "What is the square of 3?",
    )  # fmt: skip
    assert "return 2 * x" in mistake.source
    assert "Give x * x, where x * x * x" in mistake.source


def test_other_functions_call_the_mistaken_one(course):
    (mistake,) = load_mistakes(course(SOLUTIONS, mistakes=EDIT))
    assert mistake.player.perform("square", (5,), {}, ()).value == 10
    assert mistake.player.perform("fourth", (5,), {}, ()).value == 20


def test_a_whole_replacement_calls_the_other_functions(course):
    (mistake,) = load_mistakes(course(SOLUTIONS, mistakes=CODE))
    assert mistake.player.perform("fourth", (3,), {}, ()).value == 9


def test_mistakes_keep_the_order_of_the_file(course):
    found = load_mistakes(course(SOLUTIONS, mistakes=CODE + EDIT))
    assert [mistake.name for mistake in found] == ["once", "doubles"]


WRONG = {
    "edit matches nowhere": (EDIT.replace("x * x", "x ** 2"), "occurs 0 times"),
    "edit matches twice": (EDIT.replace('"x * x"', '"x"'), "occurs 2 times"),
    "edit matches only the docstring": (EDIT.replace("x * x", "Give"), "occurs 0 times"),
    "edit is no Python": (EDIT.replace("2 * x", "2 *"), "invalid syntax"),
    "code is no Python": (CODE.replace("(x):", "(x)"), "expected ':'"),
    "unknown exercise": (EDIT.replace("[[square", "[[cube"), "no such function"),
    "no hint": (EDIT.replace("hint =", "tip ="), "needs name, hint, and either"),
    "no name": (EDIT.replace("name =", "title ="), "“?”: needs name"),
    "both kinds": (EDIT + 'code = ""', "either correct and buggy or code"),
    "one half of an edit": (EDIT.replace("correct", "code"), "either correct and buggy or code"),
    "no TOML": ("[[square]\n", "mistakes.toml: "),
    "a table, not a list": (EDIT.replace("[[square]]", "[square]"), "square"),
    "number for text": (EDIT.replace('"2 * x"', "2"), "square"),
}


@pytest.mark.parametrize(("toml", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_entry_is_one_line_that_names_file_and_exercise(course, toml, said):
    assignment = course(SOLUTIONS, mistakes=toml)
    with pytest.raises(CourseError) as caught:
        load_mistakes(assignment)
    assert said in str(caught.value)
    assert str(assignment.mistakes) in str(caught.value)
    assert "\n" not in str(caught.value)
