"""Shows how students' code is isolated on this machine, and proves that it holds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.layout import Course
from autograder.sandbox import Launcher, SandboxUnavailable, Worker, canary, proofs
from autograder.sandbox.choice import launchers
from autograder.settings import read_limits

STARTS = 20
Row = tuple[str, str, str]


def examine(course: Course, console: Console) -> bool:
    """Print what there is and what holds; whether students' code can be graded here."""
    rows, chosen = _backends(launchers())
    _print(console, "Ways to isolate, the best first", rows)
    if chosen is None:
        console.print("Nothing is graded on this machine until one of them works.", style="red")
        return False
    findings = canary.look(chosen, course.secrets)
    kept = [(_word(f.holds), f.what, f.reached or "out of reach") for f in findings]
    _print(console, f"What a worker looked for in vain ({chosen.name})", kept)
    proven = list(proofs.limits(chosen, read_limits(course)))
    _print(
        console, "Limits, each tried on a small scale", [(_word(p.holds), *p.row) for p in proven]
    )
    sound = all(f.holds for f in findings) and all(p.holds for p in proven)
    console.print("Student code is isolated." if sound else "Do not grade on this machine.")
    return sound


def _backends(
    known: dict[str, Callable[[], Launcher]],
) -> tuple[list[Row], Launcher | None]:
    rows, chosen = [], None
    for name, make in known.items():
        try:
            launch = make()
        except SandboxUnavailable as refusal:
            rows.append(("no", name, str(refusal)))
            continue
        used = "used; " if chosen is None else ""
        rows.append(("ok", name, f"{used}{_start_up(launch)}"))
        chosen = chosen or launch
    return rows, chosen


def _start_up(launch: Launcher) -> str:
    times = []
    for _ in range(STARTS if launch.name == "forkserver" else 3):
        began = time.perf_counter()
        with Worker(launch) as worker:
            times.append(time.perf_counter() - began)
            watch = worker.link.watch.name
    return f"ready in {statistics.median(times) * 1000:.0f} ms, memory by {watch}"


def _print(console: Console, title: str, rows: Iterable[Row]) -> None:
    table = Table(title=title, title_justify="left", show_header=False)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def _word(holds: bool) -> str:
    return "ok" if holds else "FAILS"
