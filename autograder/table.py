"""The summary of a class: student, score, what went wrong, seconds."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table


def show(console: Console, results: list[dict[str, Any]]) -> None:
    """Print the table: student, score, what went wrong, seconds."""
    table = Table("student", "score", "what went wrong", "seconds")
    table.columns[1].justify = table.columns[3].justify = "right"
    for report in results:
        score = f"{report['score']:g} / {report['max_score']:g}"
        table.add_row(report["student"], score, trouble(report), f"{report['seconds']:.2f}")
    console.print(table)


def trouble(report: dict[str, Any]) -> str:
    """One line on what cost points, or on what was forgiven."""
    seen: dict[str, None] = {}
    for exercise in report["exercises"]:
        for test in exercise["tests"]:
            if test["status"] != "passed" and test["status"] != "missing":
                seen[f"{exercise['id']}: {test['mistake'] or test['status']}"] = None
    unwritten = {e["id"] for e in report["exercises"] if e["tests"][0]["status"] == "missing"}
    lines = [*report["flags"], *seen]
    if unwritten:
        lines.append(f"{len(unwritten)} of {len(report['exercises'])} exercises unwritten")
    shown = "; ".join(lines[:3])
    return f"{shown}; and {len(lines) - 3} more" if len(lines) > 3 else shown
