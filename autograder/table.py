"""The summary of a class: student, score, what went wrong, seconds."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.sandbox.outputs import clean

SHOWN = 3
ROWS = 200


def show(console: Console, reports: Iterable[dict[str, Any]]) -> None:
    """Print the table: student, score, what went wrong, seconds; of a large class its beginning."""
    table = Table("student", "score", "what went wrong", "seconds")
    table.columns[1].justify = table.columns[3].justify = "right"
    kinds: set[str] = set()
    scores: list[float] = []
    for report in reports:
        kinds |= {report["isolation"]} & {"reduced", "unprotected"}
        scores.append(report["score"])
        if len(scores) <= ROWS:
            _add_row(table, report)
    if kinds:
        table.caption = f"isolation: {', '.join(sorted(kinds))} (see layerwise doctor)"
    console.print(table)
    count = len(scores)
    if count > ROWS:
        mean = statistics.fmean(scores)
        console.print(f"… and {count - ROWS} more; the mean of all {count} is {mean:.2f}.")


def _add_row(table: Table, report: dict[str, Any]) -> None:
    score = f"{report['score']:g} / {report['max_score']:g}"
    cells = report["student"], score, trouble(report), f"{report['seconds']:.2f}"
    # A Text shows brackets as they are, but lets through what a terminal obeys.
    table.add_row(*(Text(clean(cell)) for cell in cells))


def trouble(report: dict[str, Any]) -> str:
    """One line on what cost points, or on what was forgiven."""
    if report["flags"]:
        return " ".join(report["flags"])
    causes: dict[str, None] = {}
    unwritten = []
    for exercise in report["exercises"]:
        statuses = {test["status"] for test in exercise["tests"]}
        if statuses == {"missing"}:
            unwritten.append(exercise["id"])
            continue
        for test in exercise["tests"]:
            if test["status"] != "passed":
                causes[f"{exercise['id']}: {test['mistake'] or test['status']}"] = None
    if len(unwritten) > SHOWN:
        unwritten = [f"{len(unwritten)} of {len(report['exercises'])} exercises"]
    lines = [*causes, *(f"{name}: missing" for name in unwritten)]
    more = f"; and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
    return "; ".join(lines[:SHOWN]) + more
