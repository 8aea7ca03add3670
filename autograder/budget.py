"""The time that one submission may use, by the clock and of a processor."""

from __future__ import annotations

import time

from autograder.sandbox import Ending, Limits, Worker


class Budget:
    """Shared by all workers of a submission."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._until = time.monotonic() + limits.submission_seconds
        self._workers: list[Worker] = []

    def add(self, worker: Worker) -> None:
        """From now on, this worker's time counts as well."""
        self._workers.append(worker)

    def left(self) -> float:
        """The seconds that are left; an Ending if there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise _used_up(f"{self._limits.submission_seconds:g} s")
        if sum(worker.cpu_used for worker in self._workers) > self._limits.submission_cpu_seconds:
            raise _used_up(f"{self._limits.submission_cpu_seconds:g} s of computing")
        return left


def _used_up(amount: str) -> Ending:
    return Ending("timeout", f"was not run: this notebook had used up its {amount}")
