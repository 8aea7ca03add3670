"""What passes between a hidden test and whoever answers its calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

Arguments = tuple[tuple[Any, ...], dict[str, Any]]
Given = Mapping[str, Callable[..., Any]]
NOTHING: Given = {}


@dataclass(frozen=True)
class Place:
    """Where in a notebook an exception came up; nothing is known of it where there is nothing."""

    line: str = ""
    function: str = ""
    given: bool = False
    """Whether the line is the lesson's and not the student's own."""


NOWHERE = Place()


class StudentError(Exception):
    """The student's function raised an exception."""

    def __init__(
        self, type_name: str, message: str, bases: tuple[str, ...] = (), place: Place = NOWHERE
    ) -> None:
        super().__init__(f"{type_name}: {message}")
        self.types = {type_name, *bases}
        self.type_name = type_name
        self.message = message
        self.place = place

    @property
    def unwritten(self) -> bool:
        """Whether the function is still a stub, or is not there at all."""
        return not {"Missing", "NotImplementedError"}.isdisjoint(self.types)


@dataclass(frozen=True)
class Answer:
    """What came back from one call: a value or an error, the arguments afterwards, prints.

    What was `asked` are the first calls of functions that were passed in: which one, and with what.
    """

    value: Any = None
    error: StudentError | None = None
    after: Arguments = ((), {})
    printed: str = ""
    asked: tuple[Any, ...] = ()


class Player(Protocol):
    """Whoever answers the calls of a hidden test."""

    def perform(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], keep: tuple[int, ...]
    ) -> Answer:
        """Call one function with copies of the arguments.

        `keep` lists the positions of returned values that stay with the player. A class is called
        like a function, and its object stays; “Class.method” takes that as its first argument.
        """

    def twin(self, given: Given = NOTHING) -> AbstractContextManager[Player]:
        """A player of the same functions who remembers nothing of this one's calls.

        Functions that are given take the place of the player's own.
        """


@dataclass
class Call:
    """One call on record."""

    name: str
    """Of the function, or “Class.method”."""
    shown: str
    """The call as a student reads it: names and shapes of the arguments."""
    answer: Answer = field(default_factory=Answer)

    @property
    def function(self) -> str:
        """The function's name, or that of the class."""
        return self.name.partition(".")[0]
