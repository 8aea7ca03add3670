"""Only a message that fits its schema is one."""

import pytest

from autograder.wire import WireError
from autograder.wire.messages import Answer, Ask, Call, Cell, Hello, Raised, Ran, from_wire, to_wire

MESSAGES = [
    Hello(0),
    Cell(1, "x = 1"),
    Ran(1, [], None),
    Call(2, "f", (1,), {"b": 2}, (1,), False, {}, 3),
    Raised(2, "ValueError", "no", ("Exception",), "f", "raise", None),
    Ask(2, 0, (1.5,), {}),
    Answer(2, None, "failed"),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_comes_back(message):
    assert from_wire(to_wire(message)) == message


@pytest.mark.parametrize(
    "value",
    [
        None,
        (),
        ["Cell", 1, "x"],
        ("Cell", 1),
        ("Cell", 1, "x", "more"),
        ("Cell", True, "x"),
        ("Cell", "1", "x"),
        ("Cell", 1, b"x"),
        ("Message", 1),
        ("Ran", 1, (), None),
        ("Ran", 1, [], 0),
        ("Hello", 0.0),
        ("Raised", 1, "E", "m", (), True, None, None),
    ],
    ids=repr,
)
def test_anything_else_is_refused(value):
    with pytest.raises(WireError):
        from_wire(value)
