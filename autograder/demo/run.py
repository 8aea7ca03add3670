"""Builds the class's course folder, runs stock nbgrader commands in it, and shows what came out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console

from autograder.bridge.commands import own_path
from autograder.demo.classroom import classroom
from autograder.errors import CourseError
from autograder.layout import Assignment
from autograder.table import show

MARKER = ".layerwise-demo"
UNFIT_FOR_STOCK = {"endless-loop", "memory-hog", "crash", "forger", "duplicated-cell"}
"""Stock nbgrader would run the first four unprotected, and stops at a copied cell."""


def make_course(assignment: Assignment, folder: Path, *, every_mistake: bool) -> Assignment:
    """Lay out a course folder of its own, with one submission per student."""
    origin = assignment.course.root
    _clear(folder, origin)
    for path in (assignment.solutions, assignment.notebook, origin / "nbgrader_config.py"):
        _copy(path, folder / path.relative_to(origin))
    shutil.copytree(assignment.hidden, folder / assignment.hidden.relative_to(origin))
    for student, notebook in classroom(assignment, every_mistake=every_mistake):
        path = assignment.submitted(student, folder / "submitted")
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")
    return type(assignment.course)(folder).assignment(assignment.name)


def _clear(folder: Path, course: Path) -> None:
    """Empty a folder that an earlier demonstration has made; nothing else is ever deleted."""
    if folder == course or folder in course.parents:
        raise CourseError(f"{folder} holds the course itself: choose another --folder.")
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise CourseError(f"{folder} is in use, and not by a demo: choose another --folder.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARKER).touch()


def run_nbgrader(folder: Path, command: str, *arguments: str) -> float:
    """Run one nbgrader command in a course folder; returns its seconds."""
    began = time.monotonic()
    run = [sys.executable, "-m", "nbgrader", command, *arguments]
    environment = {**os.environ, "PATH": own_path()}
    done = subprocess.run(
        run, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    (folder / f"{command}.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no message"]
        raise CourseError(f"nbgrader {command} failed in {folder}: {lines[-1]}")
    return time.monotonic() - began


def seconds_each(course: Assignment, folder: Path, *, stock: bool) -> float:
    """What `nbgrader autograde` takes for one more harmless submission, in a copy of the course.

    Start-up is measured with one submission, and taken off.
    """
    harmless = [name for name in _students(course) if name not in UNFIT_FOR_STOCK]
    shutil.copytree(
        course.course.root, folder, ignore=shutil.ignore_patterns("*.db", "autograded", "feedback")
    )
    for unfit in UNFIT_FOR_STOCK:
        shutil.rmtree(folder / "submitted" / unfit, ignore_errors=True)
    if stock:
        (folder / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    run_nbgrader(folder, "generate_assignment", course.name, "--force")
    first = run_nbgrader(folder, "autograde", course.name, "--student", harmless[0])
    every = run_nbgrader(folder, "autograde", course.name, "--force")
    return (every - first) / (len(harmless) - 1)


def reports(course: Assignment) -> list[dict[str, Any]]:
    """The reports of all students of an autograded course folder."""
    root = course.course.root / "autograded"
    found = []
    for student in _students(course):
        notebook = json.loads(course.submitted(student, root).read_text(encoding="utf-8"))
        found.append(notebook["metadata"]["layerwise"]["report"])
    return found


def run(
    assignment: Assignment, folder: Path, console: Console, *, every_mistake: bool, compare: bool
) -> None:
    """The whole demonstration."""
    course = make_course(assignment, folder, every_mistake=every_mistake)
    students = _students(course)
    console.print(f"{len(students)} students have handed in; their course folder is {folder}.")
    run_nbgrader(folder, "generate_assignment", course.name)
    seconds = run_nbgrader(folder, "autograde", course.name)
    run_nbgrader(folder, "generate_feedback", course.name)
    results = reports(course)
    show(console, results)
    console.print(f"nbgrader autograde took {seconds:.1f} s, {seconds / len(students):.2f} s each.")
    if compare:
        _compare(course, console)
    page = folder / "feedback" / _worth_reading(results) / course.name / f"{course.name}.html"
    console.print(f"A feedback page to open: {page}", soft_wrap=True)


def _worth_reading(results: list[dict[str, Any]]) -> str:
    """A student whose page shows a hint."""
    hinted = (report["student"] for report in results if _hints(report))
    return str(next(hinted, results[0]["student"]))


def _hints(report: dict[str, Any]) -> list[str]:
    tests = (test for exercise in report["exercises"] for test in exercise["tests"])
    return [test["hint"] for test in tests if test["hint"]]


def _compare(course: Assignment, console: Console) -> None:
    """Say what one more harmless submission costs, with layerwise and with stock nbgrader."""
    seconds = {}
    for name, stock in (("layerwise", False), ("stock nbgrader", True)):
        with tempfile.TemporaryDirectory(dir=course.course.root.parent) as folder:
            seconds[name] = seconds_each(course, Path(folder) / "course", stock=stock)
    ours, theirs = seconds.values()
    console.print(
        f"One more of the harmless submissions takes {ours:.2f} s; with stock nbgrader, which runs "
        f"their cells and no hidden test, {theirs:.2f} s (ratio {theirs / ours:.1f})."
    )


def _students(course: Assignment) -> list[str]:
    return sorted(path.name for path in (course.course.root / "submitted").iterdir())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
