"""The commands that concern a class: grade, regrade, feedback, history."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from autograder import processes
from autograder.errors import CourseError
from autograder.layout import Course

if TYPE_CHECKING:  # nbgrader takes a second to import, and most commands do without
    from autograder.fleet.plan import Plan
    from autograder.fleet.pool import Crew
    from autograder.ledger import Record

console = Console()

Name = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="for example: linear")]
CourseFolder = Annotated[Path, typer.Option("--course", help="the course folder")]
Submitted = Annotated[Path | None, typer.Option(help="another folder of submissions")]
Student = Annotated[str | None, typer.Option(help="one student; all without")]
Jobs = Annotated[int, typer.Option(help="processes; one for each core without", min=1)]
Scheduler = Annotated[str, typer.Option(help="a Dask scheduler, such as tcp://HOST:8786")]
Unprotected = Annotated[
    bool,
    typer.Option(
        "--run-student-code-unprotected",
        help="grade without a sandbox: student code can then read and write all that you can",
    ),
]
HERE = Path()
CORES = len(os.sched_getaffinity(0))


def grade(
    assignment: Name,
    course: CourseFolder = HERE,
    submitted: Submitted = None,
    student: Student = None,
    jobs: Jobs = CORES,
    scheduler: Scheduler = "",
    json_file: Annotated[Path | None, typer.Option("--json", help="write all reports")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="also those graded before")] = False,
    unprotected: Unprotected = False,
) -> None:
    """Grade what has not been graded yet, into ledger and gradebook."""
    processes.prepare()
    from autograder.fleet import grade_all, records
    from autograder.table import show

    if json_file and not json_file.resolve().parent.is_dir():
        raise CourseError(f"{json_file} can't be written: there is no such folder.")
    plan = _plan(assignment, course, submitted, unprotected, anew)
    students = [student] if student else plan.students()
    with _elsewhere(scheduler, plan) as cluster:
        failures = grade_all(plan, students, jobs, console, cluster)
    graded = [name for name in students if name not in failures]
    show(console, _reports(records(plan, graded), json_file))
    _complain("Not graded", failures)


def regrade(
    assignment: Name,
    course: CourseFolder = HERE,
    submitted: Submitted = None,
    student: Student = None,
    jobs: Jobs = CORES,
    scheduler: Scheduler = "",
    yes: Annotated[bool, typer.Option("--yes", help="enter the changes without asking")] = False,
) -> None:
    """Grade again after a change of suite, and show what changes before it is entered."""
    processes.prepare()
    from autograder.fleet import compute_all, grade_all
    from autograder.fleet.pool import local
    from autograder.regrade import show_differences

    plan = _plan(assignment, course, submitted)
    students = [student] if student else plan.students()
    with _elsewhere(scheduler, plan) as cluster, cluster or local(jobs) as crew:
        failures = compute_all(plan, students, crew, console)
    good = [name for name in students if name not in failures]
    changed = show_differences(console, plan, good)
    if changed and not (yes or typer.confirm("Enter these changes into the gradebook?")):
        console.print("The gradebook is as it was; the new reports are in the ledger.")
    else:
        failures |= grade_all(plan, good, jobs, console)
    _complain("Not regraded", failures)


def feedback(
    assignment: Name,
    course: CourseFolder = HERE,
    student: Student = None,
    jobs: Jobs = CORES,
) -> None:
    """Write the feedback pages of a class, as `nbgrader generate_feedback` does."""
    processes.prepare()
    from autograder.fleet import feedback_all

    plan = _plan(assignment, course)
    students = [student] if student else plan.students("autograded")
    _complain("No page", feedback_all(plan, students, jobs, console))


def history(
    student: Annotated[str, typer.Argument(metavar="STUDENT")],
    course: CourseFolder = HERE,
    assignment: Annotated[str | None, typer.Option(help="one assignment; all without")] = None,
) -> None:
    """Show every grade that a student was ever given, and what changed from one to the next."""
    from autograder.history import show_history
    from autograder.ledger import open_ledger
    from autograder.settings import ledger_url

    show_history(console, open_ledger(ledger_url(Course(course.resolve()))), student, assignment)


def _plan(
    name: str,
    course: Path,
    submitted: Path | None = None,
    unprotected: bool = False,
    anew: bool = False,
) -> Plan:
    from autograder.fleet.plan import Plan

    root = course.resolve()
    Course(root).assignment(name)
    return Plan(str(root), name, str(submitted.resolve()) if submitted else "", unprotected, anew)


@contextmanager
def _elsewhere(scheduler: str, plan: Plan) -> Iterator[Crew | None]:
    """The processes of a cluster, if there is one."""
    if not scheduler:
        yield None
        return
    try:
        from autograder.fleet.cluster import cluster
    except ModuleNotFoundError as missing:
        needed = "a cluster takes Dask: pip install 'layerwise[cluster]'"
        raise CourseError(f"{missing.name} is not installed; {needed}.") from None

    with cluster(scheduler, plan, console) as crew:
        yield crew


def _reports(found: Iterable[Record], json_file: Path | None) -> Iterator[dict[str, Any]]:
    """The reports, one after the other; each is written to the file on its way."""
    with json_file.open("w", encoding="utf-8") if json_file else nullcontext() as file:
        for i, record in enumerate(found):
            report = record.report.to_json()
            if file is not None:
                file.write((",\n" if i else "[") + json.dumps(report, indent=1))
            yield report
        if file is not None:
            file.write("]\n")


def _complain(what: str, failures: dict[str, str]) -> None:
    from autograder.fleet.failures import told

    if failures:
        raise CourseError(f"{what}: {told(failures)}")
