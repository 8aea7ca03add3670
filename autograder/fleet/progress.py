"""The progress bar of a batch, and who failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from rich import progress as bars
from rich.console import Console
from rich.text import Text

from autograder.fleet.failures import Failures
from autograder.fleet.pool import Result
from autograder.sandbox.outputs import clean


class Rate(bars.ProgressColumn):
    """How many students in a second."""

    def render(self, task: bars.Task) -> Text:
        """The rate of the last minute or so."""
        return Text(f"{task.finished_speed or task.speed or 0:.1f}/s")


class Progress:
    """Counts results, and keeps the problems. Use it as a context manager."""

    def __init__(self, console: Console, title: str, total: int) -> None:
        self.failures: Failures = {}
        self._bar = bars.Progress(
            bars.TextColumn("{task.description}"),
            bars.BarColumn(),
            bars.MofNCompleteColumn(),
            bars.TextColumn("{task.fields[failed]} failed"),
            Rate(),
            bars.TextColumn("left"),
            bars.TimeRemainingColumn(),
            console=console,
        )
        self._task = self._bar.add_task(title, total=total, failed=0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def count(self, results: Iterable[Result]) -> None:
        """Take all results."""
        for result in results:
            self.add(result)

    def add(self, result: Result) -> None:
        """One more student is done, or can't be."""
        if result.problem is not None:
            self.failures[result.student] = clean(str(result.problem))
        self._bar.update(self._task, advance=1, failed=len(self.failures))

    def only_good(self, results: Iterable[Result]) -> Iterator[str]:
        """Pass on who went well; who did not is done."""
        for result in results:
            if result.problem is None:
                yield result.student
            else:
                self.add(result)
