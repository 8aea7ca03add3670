"""Hands students out to those nodes of a Dask cluster that may take part."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from distributed import Client, KilledWorker
from rich.console import Console
from rich.text import Text

from autograder.errors import CourseError
from autograder.fleet.gate import Gate, answer_of
from autograder.fleet.node import Terms, perform, refusal
from autograder.fleet.plan import Plan
from autograder.fleet.pool import GIVEN_UP, Task
from autograder.sandbox.outputs import clean

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_TO_END = 20.0


class ClusterLost(Exception):
    """No report of this batch can be computed on the cluster any more."""


@dataclass(eq=False)
class Job:
    """One student in the hands of the cluster."""

    task: Task
    plan: Plan
    student: str
    wanted: Future[None] = field(default_factory=Future)
    nodes: frozenset[str] = frozenset()
    asked: Future[str | None] | None = None


class Nodes(Executor):
    """Dask's executor, as far as nodes have proved that they isolate students' code.

    Dask does again what was in the hands of a node that died. A job is handed out again when none
    of the nodes that might do it is left. Names and sentences are all that crosses.
    """

    def __init__(self, client: Client, terms: Terms, console: Console) -> None:
        self.grow: Callable[[int], None] = lambda size: None
        self._client: Any = client
        self._dask: Any = client.get_executor(pure=False)
        self._terms = terms
        self._console = console
        self._gate = Gate(self._check, self._warn)
        self._jobs: set[Job] = set()
        self._loss: ClusterLost | None = None
        self._handing_out = threading.Lock()
        self._news = threading.Event()
        self._closed = False
        self._watch = threading.Thread(target=self._look_after, name="nodes", daemon=True)

    def __enter__(self) -> Nodes:
        """Look after the nodes from now on."""
        self._watch.start()
        return self

    def submit(self, task: Any, /, *about: Any, **_: Any) -> Future[Any]:
        """Have a task done for a student of a plan."""
        job = Job(task, *about)
        with self._handing_out:
            if self._loss is not None:
                job.wanted.set_exception(self._loss)
                return job.wanted
            self._jobs.add(job)
            self._hand_out(job)
        return job.wanted

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Look after the nodes no more; what they still do is forgotten with the connection."""
        self._closed = True
        self._news.set()
        if wait and self._watch.is_alive():
            self._watch.join(SECONDS_TO_END)

    def _hand_out(self, job: Job) -> None:
        """Ask Dask for it, if there is a node that may do it."""
        if self._gate.inside:
            job.nodes = self._gate.inside
            asked = self._submit(job.nodes, perform, job.task, job.plan, job.student)
            job.asked = asked
            asked.add_done_callback(lambda _: self._answered(job, asked))

    def _answered(self, job: Job, asked: Future[str | None]) -> None:
        """Pass on what came of a job, unless it has been handed out again since."""
        if asked is not job.asked or job.wanted.done():
            return
        self._jobs.discard(job)
        if asked.cancelled():
            job.wanted.set_exception(ClusterLost("The Dask scheduler has gone."))
        elif isinstance(asked.exception(), KilledWorker):
            job.wanted.set_exception(CourseError(GIVEN_UP))
        elif sentence := answer_of(asked):
            job.wanted.set_exception(CourseError(sentence))
        else:
            job.wanted.set_result(None)

    def _look_after(self) -> None:
        while not self._closed:
            if self._client.status != "running":
                self._lose("The Dask scheduler has gone.")
                return
            with suppress(OSError, AttributeError, ClusterLost):  # it breaks just now
                self._look(set(self._client.nthreads()))
            self._news.wait(SECONDS_BETWEEN_LOOKS)
            self._news.clear()

    def _look(self, present: set[str]) -> None:
        self._gate.look(present)
        self.grow(len(self._gate.inside))
        with self._handing_out:
            stranded = [job for job in list(self._jobs) if not job.nodes & present]
            for job in stranded:
                asked, job.asked = job.asked, None
                if asked is not None:
                    asked.cancel()
                self._hand_out(job)
        if stranded and (reason := self._gate.closed_for_good()):
            self._lose(reason)

    def _lose(self, reason: str) -> None:
        with self._handing_out:
            self._loss = ClusterLost(reason)
            for job in list(self._jobs):
                self._jobs.discard(job)
                if not job.wanted.done():
                    job.wanted.set_exception(self._loss)

    def _check(self, address: str) -> Future[str]:
        asked = self._submit({address}, refusal, self._terms)
        asked.add_done_callback(lambda _: self._news.set())
        return asked

    def _submit(self, nodes: Any, task: Any, *about: Any) -> Future[Any]:
        try:
            asked: Future[Any] = self._dask.submit(task, *about, workers=sorted(nodes))
        except Exception as error:  # Dask's own word for a closed connection is an Exception
            raise ClusterLost(f"The Dask scheduler takes no more work ({error}).") from None
        return asked

    def _warn(self, sentence: str) -> None:
        self._console.print(Text(clean(sentence), style="yellow"))
