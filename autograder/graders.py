"""One grader per assignment and process, kept until something changes that decides grades."""

from __future__ import annotations

import atexit

from autograder.grading import Grader
from autograder.layout import Assignment
from autograder.sandbox import Limits, canary, launcher
from autograder.settings import read_limits

Key = tuple[str, bytes, Limits, bool]
_kept: dict[tuple[str, str], tuple[Key, Grader]] = {}


def grader_for(assignment: Assignment, unprotected: bool = False) -> Grader:
    """The grader of an assignment, with the course's limits, ready to grade.

    Formgrader lives long: after a change of suite, notebook or limits it gets a new grader.
    """
    assignment = assignment.course.fresh().assignment(assignment.name)
    place = str(assignment.course.root.resolve()), assignment.name
    limits = read_limits(assignment.course)
    key = assignment.fingerprint, assignment.notebook_bytes, limits, unprotected
    if place not in _kept or _kept[place][0] != key:
        close(place)
        launch = launcher(unprotected=unprotected)
        if not unprotected:
            canary.require(launch, assignment.course.secrets)
        _kept[place] = key, Grader(assignment, launch, limits).__enter__()
    return _kept[place][1]


def close(place: tuple[str, str]) -> None:
    """End a grader that is out of date."""
    if place in _kept:
        _kept.pop(place)[1].__exit__(None, None, None)


@atexit.register
def _close_all() -> None:
    for place in list(_kept):
        close(place)
