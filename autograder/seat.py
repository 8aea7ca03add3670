"""A student's seat in the exam: a sandboxed worker that has run the notebook, for hidden tests."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from typing import Any, Self

from autograder.budget import Budget
from autograder.places import Places
from autograder.sandbox import Ending, Launcher, Limits, RemoteError, Worker
from autograder.submission import CodeCell
from autograder.suite.calls import NOTHING, Answer, Given, StudentError
from autograder.suite.values import seed_of_call

IMPATIENCE = 5
"""What ran out of time once gets this many times less at the next try."""

SHOW = "a check or a picture"

NOT_DRAWN = {
    "output_type": "stream",
    "name": "stdout",
    "text": "Not run while grading: this cell only draws, and carries no points.\n",
}


class Seat:
    """Plays the part of the student with their own notebook.

    After an ending (time, memory, crash) a fresh worker runs the cells again, without those that
    ended a worker themselves and without pictures and checks that have been seen. A function that
    goes on ending workers is not called any more, so that the other exercises get their turn.
    """

    def __init__(self, launch: Launcher, limits: Limits, cells: Sequence[CodeCell]) -> None:
        self.outputs: dict[int, list[dict[str, Any]]] = {}
        self._launch = launch
        self._limits = limits
        self._cells = list(cells)
        self._places = Places(cells)
        self._worker: Worker | None = None
        self._budget = Budget(limits)
        self._endings: dict[str, list[Ending]] = {}
        self._kept_bytes = 0
        self._given: Given = NOTHING

    def __enter__(self) -> Self:
        """Run the notebook for the first time."""
        # Every call will find an ending again, and say so.
        with contextlib.suppress(Ending), self._budget.running():
            self._ready()
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def twin(self, given: Given = NOTHING) -> Seat:
        """Another seat with the same notebook, which knows nothing of this one's calls.

        This one's worker ends first: two at a time find ways to tell each other, such as locks.
        Functions that are given take the place of the notebook's own during each call.
        """
        self._close()
        twin = Seat(self._launch, self._limits, [c for c in self._cells if not c.for_show])
        twin._budget = self._budget
        twin._given = given
        return twin

    def perform(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], keep: tuple[int, ...]
    ) -> Answer:
        """Call one of the student's functions in the sandbox; an Ending is raised."""
        with self._budget.running():
            return self._perform(name, args, kwargs, keep)

    def _perform(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], keep: tuple[int, ...]
    ) -> Answer:
        self._check_patience(name)
        worker = self._ready()
        seconds = self._seconds(name, self._limits.call_seconds)
        try:
            reply = worker.call(
                name,
                args,
                kwargs,
                keep=keep,
                arguments_after=True,
                seconds=seconds,
                given=self._given,
                seed=seed_of_call(name, args, kwargs),
            )
        except Ending as ending:
            hurried = self._ran_out(name)
            self._gone(name, ending)
            if hurried and ending.status == "timeout":
                why = "all that it got, since it had run out of time before"
                raise Ending(ending.status, f"{ending.sentence}, {why}") from None
            raise
        error = self._student_error(reply.error) if reply.error else None
        return Answer(reply.value, error, reply.arguments or ((), {}), reply.printed)

    def _ready(self) -> Worker:
        """The worker, started and with the notebook run."""
        while self._worker is None or self._worker.closed:
            self._budget.left()
            self._worker = Worker(self._launch, self._limits)
            self._budget.add(self._worker)
            self._run_cells(self._worker)
        return self._worker

    def _run_cells(self, worker: Worker) -> None:
        for cell in list(self._cells):
            if cell.draws:  # building figures that nobody sees takes longer than all the rest
                self._keep(cell, [NOT_DRAWN])
            if cell.for_show and cell.position in self.outputs:
                continue
            try:
                if cell.for_show:
                    self._check_patience(SHOW)
                seconds = self._seconds(SHOW, self._limits.cell_seconds)
                figures = not cell.locked  # rendering ours takes longer than all the rest
                outputs = worker.run_cell(cell.source, seconds=seconds, figures=figures).outputs
            except Ending as ending:
                self._cells.remove(cell)
                self.outputs[cell.position] = [_notice(ending.sentence)]
                if worker.closed:
                    self._gone(SHOW, ending)
                    return
            else:
                self._keep(cell, outputs)

    def _keep(self, cell: CodeCell, outputs: list[dict[str, Any]]) -> None:
        """Keep what a cell put out, as long as the notebook as a whole is not over the limit."""
        if cell.position in self.outputs:
            return
        self._kept_bytes += len(str(outputs))
        if self._kept_bytes > self._limits.output_bytes:
            outputs = [_notice("is not shown: this notebook put out too much")]
        self.outputs[cell.position] = outputs

    def _check_patience(self, name: str) -> None:
        endings = self._endings.get(name, [])
        if len(endings) >= self._limits.endings:
            again = f"was not run again: it had stopped {len(endings)} times"
            raise Ending(endings[-1].status, again)

    def _seconds(self, name: str, seconds: float) -> float:
        left = self._budget.left()
        return min(left, seconds / IMPATIENCE if self._ran_out(name) else seconds)

    def _ran_out(self, name: str) -> bool:
        return any(ending.status == "timeout" for ending in self._endings.get(name, []))

    def _student_error(self, error: RemoteError) -> StudentError:
        """What the worker reports; the type's name may not be any, see `messages`."""
        name = re.sub(r"\W", "", error.type)[:60] or "an exception"
        return StudentError(name, error.message, error.bases, self._places.of(error))

    def _gone(self, name: str, ending: Ending) -> None:
        self._endings.setdefault(name, []).append(ending)
        self._close()

    def _close(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _notice(sentence: str) -> dict[str, Any]:
    text = f"This cell {sentence}. The rest of the notebook went on without it.\n"
    return {"output_type": "stream", "name": "stderr", "text": text}
