"""Writes down what the benchmarks measured: RESULTS.md and its picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

from benchmarks import classes, stages

HERE = Path(__file__).parent
BLUE, ORANGE = "#0072B2", "#D55E00"


def write(results: dict[str, Any]) -> None:
    """Write RESULTS.md and the picture."""
    _picture(results)
    (HERE / "RESULTS.md").write_text(_text(results), encoding="utf-8")


def _text(results: dict[str, Any]) -> str:
    graded, floor = results["class"], results["floor"]
    stock = graded["stock nbgrader"]["seconds each"]
    costs = results["stages"]
    rows = [
        [
            name,
            f"{row['students']:.0f}",
            f"{row['seconds']:.1f}",
            f"{row['seconds each']:.3f}",
            f"{row['cpu each']:.3f}",
            f"{stock / row['seconds each']:.1f}" if "layerwise" in name[:9] else "",
            f"{row['MiB']:.0f}",
        ]
        for name, row in graded.items()
    ]
    head = ["", "students", "seconds", "each", "CPU each", "times stock", "MiB, coordinator"]
    others = [
        [name, f"{row['tests']}", f"{row['layerwise']:.2f}", f"{row['stock nbgrader']:.2f}",
         f"{row['stock nbgrader'] / row['layerwise']:.1f}"]
        for name, row in results["others"].items()
    ]  # fmt: skip
    grown = [
        [size, f"{r['seconds']:.1f}", f"{r['seconds each']:.3f}", f"{r['again']:.1f}",
         f"{r['MiB']:.0f}"]
        for size, r in results["growth"].items()
    ]  # fmt: skip
    return f"""\
# Results

`make bench` writes this file and its picture. Measured on {results["date"]}: {results["machine"]}.
Both graders had the same notebooks in the same run; little else ran. CPU is the time of all
processors together.

![Costs of a submission by stage, and time by the size of the class](results.svg)

## A class of `linear`

Every student has handed in the complete notebook. Stock nbgrader runs its cells, and no hidden
test. layerwise runs {classes.hidden_tests("linear")} hidden tests and the cells, but for the
lesson's own that only draw pictures, and writes ledger, gradebook and autograded notebooks. Times
include starting the command.

{_table(head, rows)}

## The other assignments

Smaller classes, all cores, likewise with the start of the command: it weighs more here.

{_table(["", "hidden tests", "layerwise, s each", "stock, s each", "times stock"], others)}

## One submission, by stage

Medians of {stages.REPEAT}, one after the other, by the clock.

{_table(["stage", "ms"], [[name, f"{1000 * s:.0f}"] for name, s in costs.items()])}

The floor, in time of a processor, is all cells of the notebook in one process without a sandbox
({1000 * floor["cells"]:.0f} ms) and the hidden suite on the reference in one process
({1000 * floor["suite"]:.0f} ms). Grading takes {1000 * results["cpu"]:.0f} ms of a processor,
{results["cpu"] / sum(floor.values()):.2f} times the floor. A worker is ready in
{1000 * results["start-up"]:.1f} ms (median of 100, alone).

## How it grows

A synthetic class of small notebooks, all cores. “Again” is the same command when nothing has
changed.

{_table(["students", "seconds", "each", "again, seconds", "MiB, coordinator"], grown)}
"""


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _picture(results: dict[str, Any]) -> None:
    fig, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
    costs = {**results["stages"]}
    places = range(len(costs))
    left.barh(places, [1000 * seconds for seconds in costs.values()], color=BLUE)
    left.set_yticks(places, costs)
    left.invert_yaxis()
    left.set(xlabel="milliseconds", title="one submission, by stage")
    sizes = [int(size) for size in results["growth"]]
    rows = results["growth"].values()
    right.loglog(sizes, [row["seconds"] for row in rows], "o-", color=BLUE, label="graded")
    right.loglog(
        sizes, [row["again"] for row in rows], "s--", color=ORANGE, label="nothing has changed"
    )
    right.set(xlabel="students", ylabel="seconds", title="a synthetic class, all cores")
    right.legend()
    fig.savefig(HERE / "results.svg", metadata={"Date": None})
