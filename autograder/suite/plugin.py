"""The pytest plug-in: fixtures of hidden tests, and who sits the exam.

Under plain pytest the reference sits it; the grader seats a sandboxed student instead.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.layout import Assignment, Course
from autograder.solutions import functions, load
from autograder.suite.calls import Player
from autograder.suite.checks import entry
from autograder.suite.players import InProcess
from autograder.suite.student import Student


@dataclass(frozen=True)
class Sitting:
    """Who sits the exam, and with which seed."""

    player: Player
    student_id: str
    seed: str


SITTING = pytest.StashKey[Sitting]()
STUDENT = pytest.StashKey[Student]()


def points(value: float) -> pytest.MarkDecorator:
    """Say what one hidden test is worth (of a parametrised test: each case)."""
    return pytest.mark.points(value)


def reference_of(assignment: Assignment) -> ModuleType:
    """The reference solutions of an assignment, loaded once."""
    return _reference(assignment.solutions_text, f"solutions.{assignment.name}")


@cache
def _reference(text: str, name: str) -> ModuleType:
    return load(text, name)


def assignment_of(path: Path) -> Assignment:
    """The assignment that a file of the hidden suite belongs to."""
    root = path.parents[3]
    return Course(root).assignment(path.parent.name)


@pytest.fixture
def sitting(request: pytest.FixtureRequest) -> Sitting:
    """Who sits this exam: the reference, unless the grader has seated somebody."""
    seated = request.config.stash.get(SITTING, None)
    if seated is not None:
        return seated
    reference = reference_of(assignment_of(request.path))
    return Sitting(InProcess(reference), "reference", secrets.token_hex(16))


@pytest.fixture
def student(request: pytest.FixtureRequest, sitting: Sitting) -> Student:
    """The functions under test."""
    assignment = assignment_of(request.path)
    taking = Student(sitting.player, reference_of(assignment), functions(assignment.solutions))
    request.node.stash[STUDENT] = taking
    return taking


@pytest.fixture
def student_id(sitting: Sitting) -> str:
    """The id of the student, as the gradebook knows it."""
    return sitting.student_id


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> ModuleType:
    """The reference solutions."""
    return reference_of(assignment_of(request.path))


@pytest.fixture
def claim(
    request: pytest.FixtureRequest, student: Student, reference: ModuleType, student_id: str
) -> Callable[[str], tuple[Any, Any]]:
    """The student's claim in a conceptual question about their own numbers, and the right one."""
    question = request.path.stem.removeprefix("test_")
    numbers = getattr(reference, f"{question}_numbers")(student_id)

    def both(key: str) -> tuple[Any, Any]:
        answer = entry(getattr(student, question)(numbers), key)
        return answer, getattr(reference, question)(numbers)[key]

    return both


@pytest.fixture
def rng(request: pytest.FixtureRequest, sitting: Sitting) -> np.random.Generator:
    """Random numbers of this test alone: the same at every regrade, unknown to students."""
    test = f"{request.path.stem}::{request.node.name}"
    return np.random.default_rng([int(sitting.seed, 16), zlib.crc32(test.encode())])
