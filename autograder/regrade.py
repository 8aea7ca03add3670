"""What a regrade would change, before it does: by student, exercise and test, with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.fleet import records
from autograder.fleet.plan import Plan
from autograder.report import ExerciseReport, GradeReport, TestReport
from autograder.sandbox.outputs import clean

REASON = 160


@dataclass(frozen=True)
class Change:
    """One exercise of one student that gets other points than before."""

    student: str
    exercise: str
    before: float | None
    after: float | None
    why: tuple[str, ...]


def show_differences(console: Console, plan: Plan, students: list[str]) -> bool:
    """Print what changes between gradebook and ledger; whether anything does."""
    table = Table("student", "exercise", "before", "after", "which test, and why")
    for column in table.columns:
        column.overflow = "fold"  # no name is cut where the terminal is narrow
    changed = set()
    for record in records(plan, students):
        before = entered_report(plan, record.report.student)
        for change in changes(before, record.report):
            changed.add(change.student)
            points = (_points(change.before), _points(change.after))
            cells = (change.student, change.exercise, *points, "\n".join(change.why))
            table.add_row(*(Text(clean(cell)) for cell in cells))
    if changed:
        console.print(table)
    console.print(f"{len(changed)} of {len(students)} students get other points than before.")
    return bool(changed)


def entered_report(plan: Plan, student: str) -> GradeReport | None:
    """The report that the gradebook has: that of the autograded notebook, if it is whole."""
    try:
        notebook = json.loads(plan.graded(student).read_text(encoding="utf-8"))
        return GradeReport.from_json(notebook["metadata"]["layerwise"]["report"])
    except (OSError, ValueError, KeyError):  # none, half written, or by another grader
        return None


def changes(before: GradeReport | None, after: GradeReport) -> Iterator[Change]:
    """The exercises whose points change; also those that are new, or are no more."""
    old = {exercise.id: exercise for exercise in before.exercises} if before else {}
    new = {exercise.id: exercise for exercise in after.exercises}
    for name in [*new, *(name for name in old if name not in new)]:
        was, is_now = _score(old.get(name)), _score(new.get(name))
        if was != is_now:
            why = tuple(_reasons(old.get(name), new.get(name)))
            yield Change(after.student, name, was, is_now, why)


def _reasons(before: ExerciseReport | None, after: ExerciseReport | None) -> Iterator[str]:
    """The tests that came out another way, and what they say now."""
    old = {test.id: test for test in before.tests} if before else {}
    new = {test.id: test for test in after.tests} if after else {}
    for name, test in new.items():
        was = old.get(name)
        if was is None:
            yield f"new: {_verdict(test)}"
        elif (was.earned, was.points, was.status) != (test.earned, test.points, test.status):
            yield f"{was.status} ({was.earned:g} of {was.points:g}) → {_verdict(test)}"
    for name in old.keys() - new.keys():
        yield f"no more: {old[name].title}"


def _verdict(test: TestReport) -> str:
    reason = test.mistake or test.message
    short = reason if len(reason) <= REASON else f"{reason[:REASON]}…"
    verdict = f"{test.status} ({test.earned:g} of {test.points:g}): {test.title}"
    return f"{verdict}; {short}" if short else verdict


def _score(exercise: ExerciseReport | None) -> float | None:
    return exercise.score if exercise else None


def _points(score: float | None) -> str:
    return "–" if score is None else f"{score:g}"
