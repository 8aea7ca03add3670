"""Grades attacks on every way to isolate; LAYERWISE_BACKENDS=all tries all, not the best alone."""

import contextlib
import dataclasses
import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.bridge.page import fill
from autograder.build import build
from autograder.grading import Grader
from autograder.layout import Course
from autograder.sandbox import Limits, SandboxUnavailable, launcher
from autograder.sandbox.choice import launchers
from autograder.solutions import functions

from . import arena as outside
from . import attack

HERE = Path(__file__).parent
MIB = 1 << 20
SMALL = Limits(
    cell_seconds=2, cell_cpu_seconds=1, call_seconds=1.5, call_cpu_seconds=0.6,
    submission_seconds=8, memory=300 * MIB, processes=16, file_size=8 * MIB, tmpfs=8 * MIB,
    reply_bytes=MIB, output_bytes=MIB // 16, callbacks=200, endings=2, notebook_size=2 * MIB,
)  # fmt: skip
STACK = "def stack_forward(x, W, b, k):\n    return (x @ W.T + b) * k"
# Where a worker takes a second to start, restarts take most of a submission's time.
PATIENCE = 4
BACKENDS = list(launchers()) if os.environ.get("LAYERWISE_BACKENDS") == "all" else ["best"]


@pytest.fixture(scope="session", params=BACKENDS)
def backend(request):
    """A launcher: one that this machine lacks is skipped; without any, the tests fail."""
    if request.param == "best":
        return launcher()
    try:
        return launchers()[request.param]()
    except SandboxUnavailable as reason:
        pytest.skip(f"{request.param}: {reason}")


@pytest.fixture(scope="session")
def arena(tmp_path_factory):
    with outside.Arena(tmp_path_factory.mktemp("arena")) as arena:
        yield arena


@pytest.fixture(scope="session")
def layers(arena):
    """The course under attack, with a token in all that students must not see."""
    root = arena.folder / "course"
    shutil.copytree(HERE / "course", root, ignore=shutil.ignore_patterns("__pycache__"))
    token = arena.tokens["course"]
    for path in [*root.glob("solutions/*.py"), *root.glob("tests/hidden/*/*.py")]:
        path.write_text(path.read_text() + f"\nPLANTED = '{token}'\n")
    (root / ".course-secret").write_text(token * 2)
    assignment = Course(root).assignment("layers")
    build(assignment)
    return assignment


@pytest.fixture(scope="session")
def release(layers):
    return nbformat.read(layers.release, as_version=4)


@pytest.fixture(scope="session")
def right(layers):
    """The right answers; no exercise needs another, so that an attack on one costs one."""
    answers = {name: function.source for name, function in functions(layers.solutions).items()}
    return answers | {"stack_forward": STACK}


@pytest.fixture(scope="session")
def honest(release, right):
    """A notebook with nothing but right answers."""
    return attack.Attack("honest", frozenset(), "", frozenset(), 0, ()).notebook(release, right)


@pytest.fixture(scope="session")
def patience(backend):
    """How much longer everything may take in this sandbox than with a fork server."""
    return 1 if backend.name == "forkserver" else PATIENCE


@pytest.fixture(scope="session")
def grader(layers, backend, patience):
    seconds = SMALL.submission_seconds * patience
    limits = dataclasses.replace(SMALL, submission_seconds=seconds)
    with Grader(layers, backend, limits) as grader:
        yield grader


@pytest.fixture(scope="session")
def grade(grader, tmp_path_factory):
    """The report on a notebook, its text or the file it is in; and all that anybody reads of it."""
    path = tmp_path_factory.mktemp("handed-in") / "layers.ipynb"

    def report(given, student="eve"):
        file = given if isinstance(given, Path) else path
        if not isinstance(given, Path):
            file.write_bytes(given if isinstance(given, bytes) else json.dumps(given).encode())
        submission = grader.read(file, student)
        graded = grader.grade(submission)
        page = submission.to_notebook()
        fill(page, graded)
        return graded, json.dumps([graded.to_json(), page, graded.outputs], ensure_ascii=False)

    return report


@pytest.fixture
def unharmed(arena, layers, grade, honest):
    """Check after a block that nothing outside has changed, and that grading goes on."""

    @contextlib.contextmanager
    def check():
        everything = outside.content(arena.folder)
        running = outside.processes()
        with outside.adopting_orphans():
            yield
            assert outside.processes(running) == frozenset(), "processes are left"
        assert arena.connections() == []
        assert arena.written() == []
        assert outside.content(arena.folder) == everything
        graded, _ = grade(honest, "honest")
        assert graded.score == graded.max_score

    return check
