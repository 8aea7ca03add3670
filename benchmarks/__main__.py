"""Runs all benchmarks, and writes RESULTS.md and its picture: `make bench`, on a quiet machine."""

from __future__ import annotations

import argparse
import json
import statistics
from datetime import date
from pathlib import Path
from typing import Any

from autograder.sandbox.choice import launcher
from benchmarks import classes, compare, machine, page, stages, start_up

HERE = Path(__file__).parent


def main() -> None:
    """Measure, and write down."""
    options = _options()
    folder = classes.ROOT / "build" / "bench"
    machine.fresh(folder)
    course = classes.full("linear", folder / "stages", stages.REPEAT)
    results: dict[str, Any] = {
        "machine": machine.description(),
        "date": date.today().isoformat(),
    }
    with stages.on_one_core():
        results |= {
            "start-up": statistics.median(start_up.start_ups(launcher())),
            "stages": stages.measure(course),
            "cpu": stages.cpu(course),
            "floor": stages.floor(course),
        }
    results |= {
        "class": compare.measure("linear", folder, options.students, options.stock),
        "others": compare.others(folder, *options.others),
        "growth": compare.growth(folder, options.sizes),
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    page.write(results)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
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
