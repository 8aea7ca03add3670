"""The student as a hidden test sees them: functions to call, whoever plays the part."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Protocol

import numpy as np

from autograder.solutions import Function

Arguments = tuple[tuple[Any, ...], dict[str, Any]]
Given = Mapping[str, Callable[..., Any]]
NOTHING: Given = {}


class StudentError(Exception):
    """The student's function raised an exception."""

    def __init__(
        self, type_name: str, message: str, bases: tuple[str, ...] = (), line: str = ""
    ) -> None:
        super().__init__(f"{type_name}: {message}")
        self.types = {type_name, *bases}
        self.type_name = type_name
        self.message = message
        self.line = line

    @property
    def unwritten(self) -> bool:
        """Whether the function is still a stub, or is not there at all."""
        return not {"Missing", "NotImplementedError"}.isdisjoint(self.types)


@dataclass(frozen=True)
class Answer:
    """What came back from one call: a value or an error, the arguments afterwards, prints."""

    value: Any = None
    error: StudentError | None = None
    after: Arguments = ((), {})
    printed: str = ""


class Player(Protocol):
    """Whoever answers the calls of a hidden test."""

    def perform(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], keep: tuple[int, ...]
    ) -> Answer:
        """Call one function with copies of the arguments.

        `keep` lists the positions of returned values that stay with the player.
        """

    def twin(self, given: Given = NOTHING) -> AbstractContextManager[Player]:
        """A player of the same functions who remembers nothing of this one's calls.

        Functions that are given take the place of the player's own.
        """


@dataclass
class Call:
    """One call on record."""

    function: str
    shown: str
    """The call as a student reads it: names and shapes of the arguments."""
    answer: Answer = field(default_factory=Answer)


class Student:
    """Offers the functions of one player as attributes, and keeps every call on record."""

    def __init__(
        self, player: Player, reference: ModuleType, functions: Mapping[str, Function]
    ) -> None:
        self._player = player
        self._reference = reference
        self._functions = functions
        self._calls: list[Call] = []

    def __getattr__(self, name: str) -> StudentFunction:
        if name.startswith("_") or name not in self._functions:
            raise AttributeError(f"The solutions have no function “{name}”.")
        return StudentFunction(name, self)


class StudentFunction:
    """One function of a student's."""

    def __init__(self, name: str, student: Student) -> None:
        self.__name__ = name
        self._student = student

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it, and give back what it returns or raise a StudentError."""
        __tracebackhide__ = True
        answer = self.answer(*args, **kwargs)
        if answer.error is not None:
            raise answer.error
        return answer.value

    def answer(self, *args: Any, **kwargs: Any) -> Answer:
        """Call it, and give back everything that is known afterwards."""
        __tracebackhide__ = True
        call = Call(self.__name__, self._show(args, kwargs))
        self._student._calls.append(call)
        keep = self._student._functions[self.__name__].kept
        call.answer = self._student._player.perform(self.__name__, args, kwargs, keep)
        return call.answer

    def parameters(self, count: int) -> list[str]:
        """The names of the first `count` parameters."""
        return _parameters(getattr(self._student._reference, self.__name__))[:count]

    def _show(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        named = {**dict(zip(self.parameters(len(args)), args, strict=True)), **kwargs}
        shown = ", ".join(f"{name}{_shape(value)}" for name, value in named.items())
        return f"{self.__name__}({shown})"


@functools.cache
def _parameters(function: Callable[..., Any]) -> list[str]:
    return list(inspect.signature(function).parameters)


def _shape(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f" of shape {value.shape}"
    if isinstance(value, bool | int | float | str | None):
        return f"={value!r}"
    return ""
