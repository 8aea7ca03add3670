"""Writes down what the benchmarks measured: RESULTS.md and its picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

from benchmarks import stages

HERE = Path(__file__).parent
KEPT = HERE / "results.json"
HEAD = """\
# Results

`make bench` writes this file and its picture. Both graders had the same notebooks in the same run;
little else ran. CPU is the time of all processors together.

![Costs of a submission by stage, and time by the size of the class](results.svg)
"""
BLUE, ORANGE = "#0072B2", "#D55E00"


def keep(part: str, measured: dict[str, Any]) -> None:
    """Keep what a part of the benchmarks measured, beside what the others did before."""
    known = _kept() | {part: measured}
    KEPT.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def write() -> None:
    """Write RESULTS.md and the picture; parts that were never measured are left out."""
    kept = _kept()
    _picture(kept)
    sections = {"class": _class, "others": _others, "one": _one, "growth": _growth}
    texts = [section(kept[part]) for part, section in sections.items() if part in kept]
    (HERE / "RESULTS.md").write_text("\n".join([HEAD, *texts]), encoding="utf-8")


def _kept() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    return known


def _class(part: dict[str, Any]) -> str:
    stock = part["found"]["stock nbgrader"]["seconds each"]
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
        for name, row in part["found"].items()
    ]
    head = ["", "students", "seconds", "each", "CPU each", "times stock", "MiB, coordinator"]
    return f"""\
## A class of `linear`

Every student has handed in the complete notebook. Stock nbgrader runs its cells, and no hidden
test. layerwise runs {part["tests"]} hidden tests and the cells, but for the
lesson's own that only draw pictures, and writes ledger, gradebook and autograded notebooks. Times
include starting the command. {_when(part)}

{_table(head, rows)}
"""


def _others(part: dict[str, Any]) -> str:
    rows = [
        [
            name,
            f"{row['tests']}",
            f"{row['layerwise']:.2f}",
            f"{row['stock nbgrader']:.2f}",
            f"{row['stock nbgrader'] / row['layerwise']:.1f}",
        ]
        for name, row in part["found"].items()
    ]
    return f"""\
## The other assignments

Smaller classes, all cores, likewise with the start of the command: it weighs more here.
{_when(part)}

{_table(["", "hidden tests", "layerwise, s each", "stock, s each", "times stock"], rows)}
"""


def _one(part: dict[str, Any]) -> str:
    found = part["found"]
    floor = found["floor"]
    costs = [[name, f"{1000 * seconds:.0f}"] for name, seconds in found["stages"].items()]
    return f"""\
## One submission, by stage

Medians of {stages.REPEAT}, one after the other, by the clock. {_when(part)}

{_table(["stage", "ms"], costs)}

The floor, in time of a processor, is all cells of the notebook in one process without a sandbox
({1000 * floor["cells"]:.0f} ms) and the hidden suite on the reference in one process
({1000 * floor["suite"]:.0f} ms). Grading takes {1000 * found["cpu"]:.0f} ms of a processor,
{found["cpu"] / sum(floor.values()):.2f} times the floor. A worker is ready in
{1000 * found["start-up"]:.1f} ms (median of 100, alone).
"""


def _growth(part: dict[str, Any]) -> str:
    formats = {"seconds": ".1f", "seconds each": ".3f", "again": ".1f", "MiB": ".0f"}
    rows = [
        [size, *(format(row[name], how) for name, how in formats.items())]
        for size, row in part["found"].items()
    ]
    return f"""\
## How it grows

A synthetic class of small notebooks, all cores. “Again” is the same command when nothing has
changed. {_when(part)}

{_table(["students", "seconds", "each", "again, seconds", "MiB, coordinator"], rows)}
"""


def _when(part: dict[str, Any]) -> str:
    return f"Measured on {part['date']}: {part['machine']}."


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _picture(kept: dict[str, Any]) -> None:
    fig, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
    costs = kept["one"]["found"]["stages"]
    places = range(len(costs))
    left.barh(places, [1000 * seconds for seconds in costs.values()], color=BLUE)
    left.set_yticks(places, costs)
    left.invert_yaxis()
    left.set(xlabel="milliseconds", title="one submission, by stage")
    growth = kept["growth"]["found"]
    sizes, rows = [int(size) for size in growth], growth.values()
    right.loglog(sizes, [row["seconds"] for row in rows], "o-", color=BLUE, label="graded")
    right.loglog(
        sizes, [row["again"] for row in rows], "s--", color=ORANGE, label="nothing has changed"
    )
    right.set(xlabel="students", ylabel="seconds", title="a synthetic class, all cores")
    right.legend()
    fig.savefig(HERE / "results.svg", metadata={"Date": None})
