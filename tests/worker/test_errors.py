"""An exception is described by the student's own lines, whatever its class does."""

import linecache

import pytest

from autograder.worker import errors

SOURCE = "def inner(x):\n    return 1 / x\ndef outer(x):\n    return helper(inner, x)\n"


def helper(function, x):
    return function(x)


@pytest.fixture
def error():
    name = errors.cell_name(7)
    linecache.cache[name] = len(SOURCE), None, SOURCE.splitlines(True), name
    namespace = {"helper": helper}
    exec(compile(SOURCE, name, "exec"), namespace)
    with pytest.raises(ZeroDivisionError) as caught:
        namespace["outer"](0)
    return caught.value


def test_the_location_is_the_innermost_function_and_line_in_a_cell(error):
    assert errors.location(error) == ("inner", "return 1 / x")


def test_an_error_outside_of_cells_has_no_location():
    assert errors.location(ValueError()) == (None, None)


def test_the_traceback_has_only_frames_of_cells(error):
    shown = errors.lines(error)
    assert shown[0] == "Traceback (most recent call last):"
    assert [line for line in shown if "File" in line] == [
        '  File "<cell 7>", line 4, in outer',
        '  File "<cell 7>", line 2, in inner',
    ]
    assert shown[-1] == "ZeroDivisionError: division by zero"


def test_causes_are_shown_without_our_frames(error):
    wrapped = ValueError("outer")
    wrapped.__cause__ = error
    assert not any("test_errors" in line for line in errors.lines(wrapped))


def test_a_loop_of_causes_ends():
    first, second = ValueError("1"), ValueError("2")
    first.__context__, second.__context__ = second, first
    assert errors.lines(first)[-1] == "ValueError: 1"


def test_a_message_is_exactly_a_str():
    class Text(str):
        pass

    class Odd(Exception):
        def __str__(self):
            return Text("odd")

    assert type(errors.message(Odd())) is str


@pytest.mark.parametrize("raised", [RuntimeError, SystemExit, KeyboardInterrupt])
def test_an_error_without_text_has_an_empty_message(raised):
    class Broken(Exception):
        def __str__(self):
            raise raised

    assert errors.message(Broken()) == ""


def test_bases_are_the_builtin_exceptions():
    class Mine(KeyError):
        pass

    assert errors.bases(Mine()) == ("KeyError", "LookupError", "Exception", "BaseException")
