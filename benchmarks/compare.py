"""A class graded by layerwise and by stock nbgrader, on the same notebooks in the same run."""

from __future__ import annotations

from pathlib import Path

from benchmarks import classes, machine
from benchmarks.machine import Cost

Results = dict[str, dict[str, float]]
GRADE = ("autograder", "grade")
NBGRADER = ("nbgrader",)


def measure(name: str, folder: Path, students: int, stock_students: int) -> Results:
    """Costs of a class, of one submission, and of a class in which nothing has changed."""
    root, stock = _courses(name, folder, students, stock_students)
    one = "s000000"
    results = {
        "layerwise, 2 jobs": _of(machine.run(*GRADE, name, "--jobs", "2", cwd=root), students),
        "nothing has changed": _of(machine.run(*GRADE, name, cwd=root), students),
        "layerwise, 1 job": _of(
            machine.run(*GRADE, name, "--jobs", "1", "--anew", cwd=root), students
        ),
        "stock nbgrader": _of(machine.run(*NBGRADER, "autograde", name, cwd=stock), stock_students),
        "one submission, layerwise": _of(
            machine.run(*GRADE, name, "--student", one, "--anew", cwd=root), 1
        ),
        "one submission, stock nbgrader": _of(
            machine.run(*NBGRADER, "autograde", name, "--student", one, "--force", cwd=stock), 1
        ),
        "pages, layerwise, 2 jobs": _of(
            machine.run("autograder", "feedback", name, cwd=root), students
        ),
        "pages, stock nbgrader": _of(
            machine.run(*NBGRADER, "generate_feedback", name, cwd=stock), stock_students
        ),
    }
    return results


def others(folder: Path, students: int, stock_students: int) -> Results:
    """Each other assignment: how much faster a class of it is graded than by stock nbgrader."""
    results = {}
    for name in classes.names():
        if name == "linear":
            continue
        root, stock = _courses(name, folder, students, stock_students)
        ours = machine.run(*GRADE, name, cwd=root)
        theirs = machine.run(*NBGRADER, "autograde", name, cwd=stock)
        results[name] = {
            "tests": classes.hidden_tests(name),
            "layerwise": ours.seconds / students,
            "stock nbgrader": theirs.seconds / stock_students,
        }
    return results


def growth(folder: Path, sizes: list[int]) -> Results:
    """How time and memory grow with the class: small notebooks, all cores."""
    results = {}
    for size in sizes:
        course = classes.small(machine.fresh(folder / f"small-{size}"), size)
        root = course.course.root
        machine.run(*NBGRADER, "generate_assignment", "toy", cwd=root)
        results[str(size)] = _of(machine.run(*GRADE, "toy", cwd=root), size)
        again = machine.run(*GRADE, "toy", cwd=root)
        results[str(size)]["again"] = again.seconds
    return results


def _courses(name: str, folder: Path, students: int, stock_students: int) -> tuple[Path, Path]:
    """Two released course folders: for layerwise, and for stock nbgrader."""
    ours = classes.full(name, machine.fresh(folder / "ours"), students).course.root
    few = classes.full(name, machine.fresh(folder / "few"), stock_students)
    stock = classes.for_stock(few, machine.fresh(folder / "stock"))
    machine.run(*NBGRADER, "generate_assignment", name, cwd=ours)
    machine.run(*NBGRADER, "generate_assignment", name, "--force", cwd=stock)
    return ours, stock


def _of(cost: Cost, students: int) -> dict[str, float]:
    return {
        "students": students,
        "seconds": cost.seconds,
        "seconds each": cost.seconds / students,
        "cpu each": cost.cpu / students,
        "MiB": cost.memory / machine.MIB,
    }
