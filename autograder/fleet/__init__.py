"""Grades a whole class into ledger and gradebook: in parallel, and only what is missing."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from rich.console import Console

from autograder.bridge import commands
from autograder.errors import CourseError, StorageError
from autograder.fleet import gradebook
from autograder.fleet.failures import Failures
from autograder.fleet.plan import Plan, Standing
from autograder.fleet.pool import Crew, Result, local
from autograder.fleet.progress import Progress
from autograder.fleet.tasks import compute, enter, write_feedback
from autograder.fleet.turns import turn
from autograder.ledger import Record


def grade_all(
    plan: Plan, students: list[str], jobs: int, console: Console, elsewhere: Crew | None = None
) -> Failures:
    """Bring ledger and gradebook up to date; reports are computed by the crew elsewhere, if any."""
    _make_known(plan)
    with local(jobs) as crew, Progress(console, plan.name, len(students)) as progress:
        standing = Standing(plan)
        todo = _without(standing.is_entered, plan, students, progress)
        if elsewhere is not None:
            todo = progress.only_good(elsewhere.each(compute, plan, todo))
            plan = replace(plan, anew=False)  # what is entered was computed anew just now
        progress.count(crew.each(enter, plan, todo))
    return progress.failures


def _make_known(plan: Plan) -> None:
    """Have a gradebook that knows the assignment; Ctrl-C waits, or nbgrader would leave half of it.

    It waits for the programs that nbgrader starts, too, which would complain at length.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with turn(plan):
            if not gradebook.is_known(plan.assignment, plan.config):
                commands.release(plan.assignment, plan.config)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def compute_all(plan: Plan, students: list[str], crew: Crew, console: Console) -> Failures:
    """Bring the ledger up to date, and leave the gradebook as it is."""
    with Progress(console, f"{plan.name}: reports", len(students)) as progress:
        standing = Standing(plan)
        todo = _without(standing.is_computed, plan, students, progress)
        progress.count(crew.each(compute, plan, todo))
    return progress.failures


def feedback_all(plan: Plan, students: list[str], jobs: int, console: Console) -> Failures:
    """Write the feedback pages."""
    with local(jobs) as crew, Progress(console, f"{plan.name}: pages", len(students)) as progress:
        progress.count(crew.each(write_feedback, plan, students))
    return progress.failures


def records(plan: Plan, students: Iterable[str]) -> Iterator[Record]:
    """The reports of these students, as far as there are any."""
    standing = Standing(plan)
    for student in students:
        record = standing.record(student)
        if record is not None:
            yield record


def _without(
    done: Callable[[str], bool], plan: Plan, students: Iterable[str], progress: Progress
) -> Iterator[str]:
    """Who is still to be done; the others are counted at once."""
    for student in students:
        try:
            finished = done(student) and not plan.anew
        except StorageError:
            raise
        except CourseError as problem:
            progress.add(Result(student, problem))
            continue
        if finished:
            progress.add(Result(student))
        else:
            yield student
