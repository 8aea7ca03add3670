"""Known mistakes: edits of the reference, each with its hint."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType
from typing import Any

from autograder.errors import CourseError
from autograder.layout import Assignment, read_text
from autograder.solutions import Function, functions, load
from autograder.suite.players import InProcess


@dataclass(frozen=True, eq=False)
class Mistake:
    """The reference with one mistake in it."""

    exercise: str
    name: str
    hint: str
    text: str
    """The solutions file with the mistake applied."""
    source: str
    """The mistaken function, and the right one before it where it may be built on that."""

    @cached_property
    def player(self) -> InProcess:
        """Answers calls as a student who made this mistake would."""
        return InProcess(self.module)

    @cached_property
    def module(self) -> ModuleType:
        """The solutions with the mistake in them."""
        return load(self.text, f"mistake: {self.name}")


def load_mistakes(assignment: Assignment) -> list[Mistake]:
    """Read all known mistakes of an assignment; a wrong entry is a CourseError."""
    path = assignment.mistakes
    if not path.exists():
        return []
    try:
        registered = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path}: {error}.") from error
    for exercise, entries in registered.items():
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            raise CourseError(f"{path}: write [[{exercise}]] above every mistake of {exercise}.")
    return [
        _mistake(assignment, exercise, entry)
        for exercise, entries in registered.items()
        for entry in entries
    ]


def _mistake(assignment: Assignment, exercise: str, entry: dict[str, Any]) -> Mistake:
    where = f"{assignment.mistakes}, {exercise}, “{entry.get('name', '?')}”"
    allowed = {"name", "hint", "correct", "buggy"}, {"name", "hint", "code"}
    if set(entry) not in allowed or not all(isinstance(text, str) for text in entry.values()):
        raise CourseError(
            f"{where}: needs name, hint, and either correct and buggy or code, each of them a text."
        )
    known = functions(assignment.solutions)
    if exercise not in known:
        raise CourseError(f"{where}: the solutions have no such function.")
    text = assignment.solutions_text
    if "code" in entry:
        source = f"{known[exercise].source}\n\n{entry['code'].strip()}\n"
    else:
        source = _edited(known[exercise], entry["correct"], entry["buggy"], where)
    try:
        compile(source, "mistake", "exec")
    except SyntaxError as error:
        raise CourseError(f"{where}: {error}.") from None
    # The later definition wins, so the rest of the file calls the mistaken function.
    return Mistake(exercise, entry["name"], entry["hint"], f"{text}\n\n{source}", source)


def _edited(function: Function, correct: str, buggy: str, where: str) -> str:
    times = function.body.count(correct)
    if times != 1:
        raise CourseError(f"{where}: “{correct}” occurs {times} times in the solution, not once.")
    return replace(function, body=function.body.replace(correct, buggy)).source
