"""What one submission costs, stage by stage, and the floor: the suite without a sandbox."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.bridge import commands
from autograder.fleet.plan import Plan
from autograder.fleet.tasks import enter
from autograder.graders import grader_for
from autograder.layout import Assignment
from autograder.sandbox import Limits, Worker
from autograder.sandbox.usage import cpu_seconds
from autograder.seat import Seat
from autograder.suite.examiner import Examiner
from autograder.suite.players import InProcess
from autograder.suite.plugin import Sitting, reference_of
from benchmarks import machine

REPEAT = 15
FLOOR = """
import sys, time
from autograder.submission import read_submission
from autograder.worker.shell import load_figures, make_shell
import json, nbformat, pathlib
template = nbformat.read(sys.argv[1], as_version=4)
cells = read_submission(pathlib.Path(sys.argv[2]), template, "s", 10**8).cells
shell, shown = make_shell(), sys.__stdout__
load_figures()
shell.collector.limit = 10**7
began = time.process_time()
for cell in cells:
    shell.run(cell.source, figures=not cell.locked)
print(time.process_time() - began, file=shown)
"""


@contextmanager
def on_one_core() -> Iterator[None]:
    """As the processes of a batch are."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def measure(course: Assignment) -> dict[str, float]:
    """Seconds of each stage, medians; the floor in seconds of a processor."""
    students = [f"s{i:06}" for i in range(REPEAT)]
    plan = Plan(str(course.course.root), course.name)
    commands.release(course, plan.config)
    grader = grader_for(course)
    seen: dict[str, list[float]] = defaultdict(list)
    for student in students:
        path = course.submitted(student)
        submission = _timed(seen["read and frame the notebook"], grader.read, path, student)
        with _timed(seen["start a worker"], Worker, grader._launch, Limits()) as worker:
            _timed(seen["the lesson's own cells"], _run_cells, worker, submission.cells)
        whole: list[float] = []
        report = _timed(whole, grader.grade, submission)
        parts = (seen["start a worker"][-1], seen["the lesson's own cells"][-1])
        seen["hidden tests"].append(whole[0] - sum(parts))
        key = plan.books.key(student, submission.sha256)
        _timed(seen["ledger"], plan.books.ledger.add, key, report)
        _timed(seen["gradebook and autograded notebook"], enter, plan, student)
    return {stage: statistics.median(times) for stage, times in seen.items()}


def cpu(course: Assignment) -> float:
    """Seconds of a processor for one submission: grader and worker together, start included."""
    grader = grader_for(course)
    path, times = course.submitted("s000000"), []
    for _ in range(REPEAT):
        began = time.process_time()
        cells = grader.read(path, "s000000").cells
        with Seat(grader._launch, Limits(), cells) as seat:
            _examine(grader._examiner, Sitting(seat, "s000000", "00"))
            used = cpu_seconds(seat._worker.link.process.pid) if seat._worker else 0.0
        times.append(time.process_time() - began + used)
    return statistics.median(times)


def floor(course: Assignment) -> dict[str, float]:
    """Seconds of a processor: the notebook's cells in one process, the suite on the reference."""
    with Examiner(course) as examiner:
        player = InProcess(reference_of(course))
        sitting = Sitting(player, "s", "00")
        tests = [_examine(examiner, sitting) for _ in range(REPEAT)]
    script = machine.fresh(course.course.root / "floor") / "floor.py"
    script.write_text(FLOOR, encoding="utf-8")
    paths = course.notebook, course.submitted("s000000")
    cells = [float(_output(script, *paths)) for _ in range(5)]
    return {"cells": statistics.median(cells), "suite": statistics.median(tests)}


def _examine(examiner: Examiner, sitting: Sitting) -> float:
    began = time.process_time()
    for test in examiner.tests:
        assert examiner.run(test, sitting).passed
    return time.process_time() - began


def _run_cells(worker: Worker, cells: list[Any]) -> None:
    for cell in cells:
        if not cell.draws:
            worker.run_cell(cell.source, figures=not cell.locked)


def _timed(times: list[float], function: Callable[..., Any], *args: Any) -> Any:
    began = time.perf_counter()
    answer = function(*args)
    times.append(time.perf_counter() - began)
    return answer


def _output(script: Path, *arguments: Path) -> str:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment
    ).stdout


if __name__ == "__main__":
    from benchmarks.classes import ROOT, full

    made = full("linear", machine.fresh(ROOT / "build" / "bench" / "stages"), REPEAT)
    with on_one_core():
        print(
            json.dumps({"stages": measure(made), "cpu": cpu(made), "floor": floor(made)}, indent=1)
        )
