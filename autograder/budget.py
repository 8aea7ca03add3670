"""The time that one submission may use, by the clock and of a processor."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from autograder.sandbox import Ending, Limits, Worker


class Budget:
    """Shared by all workers of a submission.

    The clock runs while the notebook does. What the grader does in between, such as looking for
    the mistake behind an answer, is not the student's time.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._spent = 0.0
        self._since: float | None = None
        self._workers: list[Worker] = []

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Let the clock run, if it does not run already."""
        if self._since is not None:
            yield
            return
        self._since = time.monotonic()
        try:
            yield
        finally:
            self._spent += time.monotonic() - self._since
            self._since = None

    def add(self, worker: Worker) -> None:
        """From now on, this worker's time counts as well."""
        self._workers.append(worker)

    def left(self) -> float:
        """The seconds that are left; an Ending if there are none."""
        now = time.monotonic()
        left = self._limits.submission_seconds - self._spent - (now - (self._since or now))
        if left <= 0:
            raise _used_up(f"{self._limits.submission_seconds:g} s")
        if sum(worker.cpu_used for worker in self._workers) > self._limits.submission_cpu_seconds:
            raise _used_up(f"{self._limits.submission_cpu_seconds:g} s of computing")
        return left


def _used_up(amount: str) -> Ending:
    return Ending("timeout", f"was not run: this notebook had used up its {amount}")
