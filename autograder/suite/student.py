"""The student as a hidden test sees them: functions and classes to call, whoever plays the part."""

from __future__ import annotations

import copy
import functools
import inspect
import operator
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np

from autograder.solutions import Function
from autograder.suite.calls import Answer, Call, Player

MOST_NOTED = 100


class Student:
    """Offers the functions of one player as attributes, and keeps every call on record."""

    def __init__(
        self, player: Player, reference: ModuleType, functions: Mapping[str, Function]
    ) -> None:
        self._player = player
        self._reference = reference
        self._functions = functions
        self._calls: list[Call] = []
        self._noted = 0
        self._asked: list[Any] = []

    def _sent(self, value: Any) -> Any:
        """With the player's own objects in place of ours, and functions that note their calls."""
        if isinstance(value, list | tuple):
            return type(value)(map(self._sent, value))
        if isinstance(value, dict):
            return {key: self._sent(item) for key, item in value.items()}
        if isinstance(value, StudentObject):
            return value.kept
        return self._noting(value) if callable(value) else value

    def _noting(self, function: Callable[..., Any]) -> Callable[..., Any]:
        self._noted += 1
        number = self._noted

        def noting(*args: Any, **kwargs: Any) -> Any:
            if len(self._asked) < MOST_NOTED:
                self._asked.append((number, copy.deepcopy(args)))
            return function(*args, **kwargs)

        return noting

    def __getattr__(self, name: str) -> StudentFunction:
        if name.startswith("_") or name not in self._functions:
            raise AttributeError(f"The solutions have no function “{name}”.")
        kind = StudentClass if self._functions[name].methods else StudentFunction
        return kind(name, self)


class StudentFunction:
    """One function of a student's, or a method of an object of theirs."""

    def __init__(self, name: str, student: Student, bound: tuple[Any, ...] = ()) -> None:
        self.__name__ = name
        self._student = student
        self._bound = bound

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
        keep = self._student._functions[call.function].kept
        given, named = self._student._sent(((*self._bound, *args), kwargs))
        self._student._asked.clear()
        made = self._student._player.perform(self.__name__, given, named, keep)
        after = made.after[0][len(self._bound) :], made.after[1]
        call.answer = replace(made, after=after, asked=tuple(self._student._asked))
        return call.answer

    def parameters(self, count: int) -> list[str]:
        """The names of the first `count` parameters."""
        function = operator.attrgetter(self.__name__)(self._student._reference)
        return _parameters(function)[len(self._bound) :][:count]

    def _show(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        named = {**dict(zip(self.parameters(len(args)), args, strict=True)), **kwargs}
        shown = ", ".join(f"{name}{_shape(value)}" for name, value in named.items())
        return f"{self.__name__}({shown})"


class StudentClass(StudentFunction):
    """One class of a student's; what it makes stays with the player."""

    def answer(self, *args: Any, **kwargs: Any) -> Answer:
        """Make an object."""
        __tracebackhide__ = True
        made = super().answer(*args, **kwargs)
        if made.error is not None:
            return made
        return replace(made, value=StudentObject(made.value, self.__name__, self._student))


class StudentObject:
    """An object of a student's class, with its methods."""

    def __init__(self, kept: Any, name: str, student: Student) -> None:
        self.kept = kept
        self.type_name = name
        self._student = student

    def __getattr__(self, method: str) -> StudentFunction:
        if method not in {m.name for m in self._student._functions[self.type_name].methods}:
            raise AttributeError(f"{self.type_name} has no method “{method}” in the solutions.")
        return StudentFunction(f"{self.type_name}.{method}", self._student, (self,))


@functools.cache
def _parameters(function: Callable[..., Any]) -> list[str]:
    return list(inspect.signature(function).parameters)


def _shape(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f" of shape {value.shape}"
    if isinstance(value, float):
        return f"={float(f'{value:.4g}')}"
    if isinstance(value, bool | int | str | None):
        return f"={value!r}"
    return ""
