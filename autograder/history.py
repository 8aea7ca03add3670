"""Shows every grade that a student was ever given, from the ledger."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.errors import CourseError
from autograder.ledger import Ledger
from autograder.regrade import changes
from autograder.report import GradeReport
from autograder.sandbox.outputs import clean

COLUMNS = (
    "computed (UTC)", "assignment", "score", "handed in", "suite", "in the gradebook", "changed",
)  # fmt: skip


def show_history(
    console: Console, ledger: Ledger, student: str, assignment: str | None = None
) -> None:
    """Print one line for each report, the oldest first, with what it changed."""
    table = Table()
    for name in COLUMNS:
        date = name in {"computed (UTC)", "in the gradebook"}
        table.add_column(name, overflow="fold", min_width=len("2026-01-31") if date else None)
    before: dict[str, GradeReport] = {}
    for record in ledger.history(student, assignment):
        report = record.report
        entered = [
            e.entered
            for _, e in ledger.entries(report.assignment, student)
            if e.report == record.id
        ]
        cells = [
            _time(record.computed),
            report.assignment,
            f"{report.score:g} / {report.max_score:g}",
            report.submission[:8],
            report.suite[:8],
            _time(entered[-1]) if entered else "no",
            _changed(before.get(report.assignment), report),
        ]
        before[report.assignment] = report
        table.add_row(*(Text(clean(cell)) for cell in cells))
    if not before:
        raise CourseError(f"The ledger has no grade of {student}.")
    console.print(table)


def _time(stamp: str) -> str:
    """Date and time, with a space at which a narrow table may break the line."""
    return stamp[:19].replace("T", " ")


def _changed(before: GradeReport | None, after: GradeReport) -> str:
    if before is None:
        return ""
    found = changes(before, after)
    return "; ".join(f"{c.exercise} {c.before or 0:g} → {c.after or 0:g}" for c in found)
