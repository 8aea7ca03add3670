"""The command `layerwise`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from autograder import classes
from autograder.classes import HERE, CourseFolder, Unprotected
from autograder.errors import CourseError, SuiteError
from autograder.layout import Assignment, Course
from autograder.sandbox import SandboxUnavailable

app = typer.Typer(no_args_is_help=True, add_completion=False)
console = Console()
complaints = Console(stderr=True)

for command in (classes.grade, classes.regrade, classes.feedback, classes.history):
    app.command()(command)


def main() -> None:
    """Run the command line; what the user can mend ends it with one line and status 1."""
    with _one_line_for_mistakes():
        app()


def _version(wanted: bool) -> None:
    if wanted:
        console.print(version("layerwise"))
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="say which version")
    ] = False,
) -> None:
    """Build, verify and grade a course on neural network layers."""


@app.command()
def build(
    assignment: Annotated[str | None, typer.Argument(help="one assignment; all without")] = None,
    course: CourseFolder = HERE,
    check: Annotated[bool, typer.Option("--check", help="only say what is stale")] = False,
) -> None:
    """Build the notebooks from texts, solutions and hidden suites; and the page on coverage."""
    from autograder import build as notebooks
    from autograder import coverage

    root = course.resolve()
    parts: list[tuple[Any, Any]] = [(notebooks, found) for found in _assignments(assignment, root)]
    if not assignment:
        parts.append((coverage, Course(root)))
    for builder, part in parts:
        paths = builder.stale(part) if check else builder.build(part)
        for path in paths:
            console.print(f"{'stale' if check else 'wrote'} {path.relative_to(root)}")
        if check and paths:
            raise CourseError("Run “layerwise build” and commit what it writes.")


@app.command()
def verify(
    assignment: Annotated[str | None, typer.Argument(help="one assignment; all without")] = None,
    course: CourseFolder = HERE,
    seeds: Annotated[int, typer.Option(help="seeds of the reference", min=1)] = 200,
    unprotected: Unprotected = False,
) -> None:
    """Prove that an assignment's suite grades right."""
    from autograder.verify import verify_all

    wrong = 0
    wanted = _assignments(assignment, course)
    for found, looked_at in zip(wanted, verify_all(wanted, seeds, unprotected), strict=True):
        failures = [finding for finding in looked_at if not finding.holds]
        for finding in failures:
            console.print(f"wrong: {finding.text}", style="red", markup=False, highlight=False)
        held = len(looked_at) - len(failures)
        console.print(f"{found.name}: {held} of {len(looked_at)} properties hold.")
        wrong += len(failures)
    if wrong:
        raise typer.Exit(1)


@app.command()
def doctor(course: CourseFolder = HERE) -> None:
    """Show how student code is isolated on this machine, and prove it."""
    from autograder.doctor import examine

    if not examine(Course(course.resolve()), console):
        raise typer.Exit(1)


@app.command()
def demo(
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT")] = "linear",
    course: CourseFolder = HERE,
    folder: Annotated[Path, typer.Option(help="where the class goes")] = Path("build/demo"),
    every_mistake: Annotated[
        bool, typer.Option("--every-mistake", help="a student for each registered mistake")
    ] = False,
    compare: Annotated[
        bool, typer.Option("--compare", help="time stock nbgrader on the same notebooks")
    ] = False,
) -> None:
    """Make a small class, grade it with stock nbgrader commands and show what came out."""
    from autograder.demo.run import run

    found = Course(course.resolve()).assignment(assignment)
    run(found, folder.resolve(), console, every_mistake=every_mistake, compare=compare)


def _assignments(name: str | None, course: Path) -> list[Assignment]:
    here = Course(course.resolve())
    if not here.assignments:
        raise CourseError(f"{here.root} has no assignment: there is no solutions/*.py.")
    return [here.assignment(found) for found in ([name] if name else here.assignments)]


@contextmanager
def _one_line_for_mistakes() -> Iterator[None]:
    try:
        yield
    except (CourseError, SuiteError, SandboxUnavailable) as problem:
        complaints.print(
            f"layerwise: {problem}", style="red", markup=False, highlight=False, soft_wrap=True
        )
        raise SystemExit(1) from None
