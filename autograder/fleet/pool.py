"""Runs one task for many students on an executor: a few at a time, and again after a crash."""

from __future__ import annotations

import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from autograder import processes
from autograder.errors import CourseError, StorageError
from autograder.fleet.plan import Plan

Task = Callable[[Plan, str], None]
MAX_ATTEMPTS = 3
PER_PROCESS = 2
"""How many students are handed out for each process, so that none of them waits for work."""


@dataclass(frozen=True)
class Result:
    """What became of one student."""

    student: str
    problem: CourseError | None = None


class Crew:
    """Processes that do one task after the other. Use it as a context manager.

    If one of them is killed, who was in hand is done again by new ones, each alone: so a student
    with whom that happens again and again is known, and given up, and no other.
    """

    def __init__(self, hire: Callable[[], Executor], size: int) -> None:
        self._hire = hire
        self._size = size
        self._executor: Executor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self._dismiss()

    def each(self, task: Task, plan: Plan, students: Iterable[str]) -> Iterator[Result]:
        """Do the task for every student; results come as they are ready."""
        waiting: dict[Future[None], str] = {}
        crashes: Counter[str] = Counter()
        suspects: deque[str] = deque()
        coming = iter(students)
        while True:
            for student in self._next(suspects, coming, len(waiting)):
                waiting[self._submit(task, plan, student)] = student
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            if any(isinstance(future.exception(), BrokenExecutor) for future in done):
                alone = len(waiting) == 1
                done, lost = self._after_a_crash(waiting)
                crashes.update(lost if alone else ())
                given_up = [student for student in lost if crashes[student] >= MAX_ATTEMPTS]
                suspects.extend(student for student in lost if student not in given_up)
                yield from (Result(student, CourseError(GIVEN_UP)) for student in given_up)
            for future in done:
                yield _result(waiting.pop(future), future)

    def _next(self, suspects: deque[str], coming: Iterator[str], in_hand: int) -> Iterable[str]:
        """Whom to hand out now: a suspect alone, or as many as there is room for."""
        if suspects:
            return [] if in_hand else [suspects.popleft()]
        return islice(coming, self._size * PER_PROCESS - in_hand)

    def _submit(self, task: Task, plan: Plan, student: str) -> Future[None]:
        if self._executor is None:
            self._executor = self._hire()
        try:
            with _interrupts_put_off():
                return self._executor.submit(task, plan, student)
        except BrokenExecutor as error:  # it broke just now: as if it had been handed out
            failed: Future[None] = Future()
            failed.set_exception(error)
            return failed

    def _after_a_crash(
        self, waiting: dict[Future[None], str]
    ) -> tuple[set[Future[None]], list[str]]:
        """Let all processes go; who was done nevertheless, and whom it concerned."""
        if isinstance(self._executor, processes.Pool):
            self._executor.end_processes()
        self._dismiss()
        broken = [f for f in waiting if not f.done() or isinstance(f.exception(), BrokenExecutor)]
        lost = [waiting.pop(future) for future in broken]
        return set(waiting), lost

    def _dismiss(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None


GIVEN_UP = f"the grading process was killed {MAX_ATTEMPTS} times while it was at this submission."


def _result(student: str, future: Future[None]) -> Result:
    problem = future.exception()
    if isinstance(problem, StorageError):
        advice = "Start again when that is mended: it goes on from here."
        raise StorageError(f"{problem} {advice}") from None
    if problem is None or isinstance(problem, CourseError):
        return Result(student, problem)
    raise problem


def local(jobs: int) -> Crew:
    """Processes of this machine."""
    return Crew(lambda: processes.executor(jobs), jobs)


@contextmanager
def _interrupts_put_off() -> Iterator[None]:
    """Let Ctrl-C wait: a process that is half started would be forgotten."""
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt
