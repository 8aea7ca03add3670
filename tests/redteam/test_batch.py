"""A class of hostile names and files goes through nbgrader, and the others get their points."""

import io
import json
import os
import shutil

import pytest
from rich.console import Console

from autograder import table
from autograder.fleet import grade_all, records
from autograder.fleet.plan import Plan
from autograder.layout import Course

from . import arena as outside

HONEST = ["ann", "zoe"]
NAMES = [
    "o'hara", 'quote"d', "=1+1", "-flag", "a b", "ünï", "<script>alert(1)<", "$(touch pwned)",
    "semi;colon", "a%2Fb", "{x}", "[bold]", "*", "[a-z]*", "line\nbreak", "\udcff", "+", "?",
]  # fmt: skip


@pytest.fixture
def school(layers, honest, tmp_path):
    """A copy of the course with what a hostile class hands in."""
    root = tmp_path / "course"
    shutil.copytree(layers.course.root, root)
    assignment = Course(root).assignment("layers")
    for name in [*HONEST, *NAMES]:
        path = assignment.submitted(name)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(honest))
    for name in ("folder", "pipe", "link", "loop", "missing"):
        assignment.submitted(name).parent.mkdir(parents=True)
    assignment.submitted("folder").mkdir()
    os.mkfifo(assignment.submitted("pipe"))
    assignment.submitted("link").symlink_to(assignment.solutions)
    assignment.submitted("loop").symlink_to(assignment.submitted("loop"))
    return assignment


def test_no_name_and_no_file_stops_a_class(school, arena):
    console = Console(file=io.StringIO(), width=200)
    before = outside.content(arena.folder)
    plan = Plan(str(school.course.root), school.name)
    students = plan.students()
    failures = grade_all(plan, students, 2, console)
    graded = [name for name in students if name not in failures]
    reports = [record.report.to_json() for record in records(plan, graded)]
    table.show(console, reports)
    for failure in failures.values():
        console.print(failure, markup=False)
    scores = {report["student"]: report["score"] for report in reports}
    assert {name: scores.get(name) for name in HONEST} == dict.fromkeys(HONEST, 14)
    assert all(scores[name] == 14 for name in NAMES if name in scores)
    assert all(scores.get(name, 0) == 0 for name in ("folder", "pipe", "link", "loop", "missing"))
    console.file.getvalue().encode()
    assert arena.written() == []
    assert outside.content(arena.folder) == before
