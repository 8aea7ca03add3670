"""Runs all benchmarks, and writes RESULTS.md and its picture: `make bench`, on a quiet machine."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from autograder.sandbox.choice import launcher
from benchmarks import classes, compare, machine, page, stages, start_up

PARTS = ("one", "class", "others", "growth")


def main() -> None:
    """Measure what was asked for, and write all down, with what was measured before."""
    options = _options()
    folder = machine.fresh(classes.ROOT / "build" / "bench")
    parts: dict[str, Callable[[], Any]] = {
        "one": lambda: _one(folder),
        "class": lambda: compare.measure("linear", folder, options.students, options.stock),
        "others": lambda: compare.others(folder, *options.others),
        "growth": lambda: compare.growth(folder, options.sizes),
    }
    for part in options.parts:
        measured = {
            "date": date.today().isoformat(),
            "machine": machine.description(),
            "tests": classes.hidden_tests("linear"),
        }
        page.keep(part, measured | {"found": parts[part]()})
    page.write()


def _one(folder: Path) -> dict[str, Any]:
    course = classes.full("linear", folder / "stages", stages.REPEAT)
    with stages.on_one_core():
        return {
            "start-up": statistics.median(start_up.start_ups(launcher())),
            "stages": stages.measure(course),
            "cpu": stages.cpu(course),
            "floor": stages.floor(course),
        }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS, help="all without")
    parser.add_argument("--students", type=int, default=100, help="graded by layerwise")
    parser.add_argument("--stock", type=int, default=100, help="of them graded by stock nbgrader")
    parser.add_argument(
        "--others",
        type=int,
        nargs=2,
        default=[30, 8],
        metavar=("LAYERWISE", "STOCK"),
        help="students of each other assignment",
    )
    sizes = [10, 100, 1_000, 10_000]
    parser.add_argument("--sizes", type=int, nargs="*", default=sizes, help="of synthetic classes")
    return parser.parse_args()


if __name__ == "__main__":
    main()
