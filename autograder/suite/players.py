"""Plays the part of a student in the grader itself: the reference, or an edited copy of it."""

from __future__ import annotations

import contextlib
import copy
import inspect
import linecache
import traceback
import warnings
from types import ModuleType
from typing import Any

import numpy as np

from autograder.suite.calls import NOTHING, Answer, Given, Place, StudentError
from autograder.suite.values import seed_of_call


class Kept:
    """A value that stays with the player, such as a cache."""

    def __init__(self, value: object) -> None:
        self.value = value
        self.type_name = type(value).__name__


class InProcess:
    """Plays the part of the student with a module of the instructor's."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module

    def perform(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], keep: tuple[int, ...]
    ) -> Answer:
        """Call the module's function with copies of the arguments."""
        kept: dict[int, Kept] = {}
        own, own_kwargs = _opened(args, kept), _opened(kwargs, kept)
        np.random.seed(seed_of_call(name, args, kwargs))
        try:
            with warnings.catch_warnings():  # a mistake may well divide by zero
                warnings.simplefilter("ignore")
                value = self._value(name, own, own_kwargs, keep)
        except Exception as error:
            return Answer(error=_as_students(error), after=_closed((own, own_kwargs), kept))
        # A copy, as from a sandbox: the function may go on changing what it has returned.
        return Answer(_copied(value), after=_closed((own, own_kwargs), kept))

    def _value(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], keep: tuple[int, ...]
    ) -> Any:
        owner, _, method = name.partition(".")
        if method:
            return getattr(args[0], method)(*args[1:], **kwargs)
        function = getattr(self.module, owner)
        value = function(*args, **kwargs)
        return Kept(value) if isinstance(function, type) else _kept(value, keep)

    def twin(self, given: Given = NOTHING) -> contextlib.nullcontext[InProcess]:
        """Itself, if nothing is given: the instructor's functions remember nothing."""
        if not given:
            return contextlib.nullcontext(self)
        raise NotImplementedError("only a notebook's functions are replaced")


def _copied(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(map(_copied, value))
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, np.ndarray | np.random.Generator):
        return copy.deepcopy(value)
    return value


def _opened(value: Any, kept: dict[int, Kept]) -> Any:
    """A copy with what is kept in place of its stand-ins, which are noted."""
    if isinstance(value, Kept):
        if value.value is not None:  # there is only one None
            kept[id(value.value)] = value
        return value.value
    if isinstance(value, tuple | list):
        return type(value)(_opened(item, kept) for item in value)
    if isinstance(value, dict):
        return {key: _opened(item, kept) for key, item in value.items()}
    return _copied(value)


def _closed(value: Any, kept: dict[int, Kept]) -> Any:
    """The stand-ins back in their places."""
    if id(value) in kept:
        return kept[id(value)]
    if isinstance(value, tuple | list):
        return type(value)(_closed(item, kept) for item in value)
    if isinstance(value, dict):
        return {key: _closed(item, kept) for key, item in value.items()}
    return value


def _kept(value: Any, keep: tuple[int, ...]) -> Any:
    if keep and isinstance(value, list | tuple):
        return type(value)(Kept(v) if i in keep else v for i, v in enumerate(value))
    return value


def _as_students(error: Exception) -> StudentError:
    bases = tuple(base.__name__ for base in inspect.getmro(type(error)))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    line = linecache.getline(frame.filename, frame.lineno or 0).strip()
    return StudentError(type(error).__name__, str(error), bases, Place(line))
