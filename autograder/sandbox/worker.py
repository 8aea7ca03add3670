"""The grader's view of one worker: run cells, call functions."""

import itertools
import secrets
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, Self

from autograder.sandbox import endings
from autograder.sandbox.endings import Ending, WorkerFailed
from autograder.sandbox.limits import Limits
from autograder.sandbox.link import Link
from autograder.sandbox.outputs import clean, notebook_outputs
from autograder.sandbox.process import Process
from autograder.sandbox.values import MAX_TEXT, Objects, RemoteError, Reply, Stale, remote_error
from autograder.sandbox.watch import watch
from autograder.wire import Handle, TooLarge
from autograder.wire.messages import (
    Answer,
    Ask,
    Call,
    Cell,
    Hello,
    Message,
    Overflow,
    Raised,
    Ran,
    Returned,
)

SERIAL = itertools.count(1)


class Launcher(Protocol):
    """Starts a worker process that talks over `end`."""

    @property
    def name(self) -> str:
        """What it is called."""

    def __call__(self, limits: Limits, end: socket.socket) -> Process:
        """Start one."""


@dataclass(frozen=True)
class CellResult:
    """nbformat outputs of a cell, and the type of the exception that ended it."""

    outputs: list[dict[str, Any]]
    error: str | None


class Worker:
    """One process that holds one notebook. After an Ending it is closed."""

    def __init__(self, launch: Launcher, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.objects = Objects(next(SERIAL))
        self.closed = False
        self.cells = 0
        self.link = self._start(launch)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def cpu_used(self) -> float:
        """Seconds of a processor's time that it has used, as far as anybody has looked."""
        return self.link.cpu_used

    def run_cell(
        self, source: str, *, seconds: float | None = None, figures: bool = True
    ) -> CellResult:
        """Run one cell in the notebook's namespace; without `figures`, none is rendered."""
        allowed = self.limits.cell_seconds if seconds is None else seconds
        self.link.allow(allowed, min(allowed, self.limits.cell_cpu_seconds))
        answer = self._exchange(Cell(_number(), source, figures))
        self.cells += 1
        with self._or_end():
            if not isinstance(answer, Ran):
                raise endings.breached()
            outputs = notebook_outputs(answer.outputs, self.cells, self.limits)
        return CellResult(outputs, answer.error and answer.error[:100])

    def call(
        self,
        name: str,
        args: Sequence[object] = (),
        kwargs: dict[str, object] | None = None,
        *,
        keep: Sequence[int] = (),
        arguments_after: bool = False,
        seconds: float | None = None,
        given: Mapping[str, Callable[..., object]] | None = None,
        seed: int = 0,
    ) -> Reply:
        """Call the notebook's function `name`; during the call `given` replaces others.

        Whatever it draws without a generator of its own comes from `seed`.
        """
        seq = _number()
        about = tuple(args), dict(kwargs or {}), tuple(keep), arguments_after
        call = Call(seq, name, *about, dict(given or {}), seed)
        allowed = self.limits.call_seconds if seconds is None else seconds
        self.link.allow(allowed, min(allowed, self.limits.call_cpu_seconds))
        try:
            answer = self._exchange(call)
        except Stale as stale:
            return Reply(None, RemoteError("StaleHandle", str(stale)), None)
        with self._or_end():
            reply = _reply(answer, arguments_after)
        if isinstance(reply.value, Handle):
            self.objects.hold()
        return reply

    def close(self) -> None:
        """End the worker and everything in it."""
        if not self.closed:
            self.closed = True
            self.link.close()

    def _start(self, launch: Launcher) -> Link:
        ours, theirs = socket.socketpair()
        with theirs:
            process = launch(self.limits, theirs)
        link = Link(ours, process, watch(process.pid, self.limits.memory), self.limits)
        try:
            if not isinstance(link.receive(0, self.objects.unseal), Hello):
                raise endings.breached()
        except BaseException as error:
            process.code(1.0)
            complaint = process.complaint()
            link.close()
            if isinstance(error, Ending):
                raise WorkerFailed(f"no worker could be started: {error}\n{complaint}") from error
            raise
        return link

    def _exchange(self, request: Message) -> Message:
        if self.closed:
            raise WorkerFailed("this worker has ended")
        self.objects.new_call()
        with self._or_end(unsent=(Stale, TypeError, TooLarge)):
            self.link.idle()
            self.link.send(request, self.objects.seal)
        with self._or_end():
            return self._answer_to(request)

    def _answer_to(self, request: Message) -> Message:
        asked = 0
        while True:
            message = self.link.receive(request.seq, self.objects.unseal)
            if isinstance(message, Overflow):
                raise endings.flooded(self.limits.reply_bytes)
            if not isinstance(message, Ask):
                return message
            asked += 1
            if asked > self.limits.callbacks:
                raise endings.called_back_too_often(self.limits.callbacks)
            self._call_back(message)

    def _call_back(self, ask: Ask) -> None:
        """Evaluate a function of the grader's; whatever goes wrong is the caller's problem."""
        function = self.objects.functions.get(ask.function)
        if function is None:
            raise endings.breached()
        try:
            # NumPy's functions take some that are of no use here, such as out and dtype.
            if ask.kwargs and not getattr(function, "takes_keywords", False):
                raise TypeError("this function takes no keywords")
            value = function(*ask.args, **ask.kwargs)
            self.link.send(Answer(ask.seq, value, None), self.objects.seal)
        except Ending:
            raise
        except Exception as error:
            text = f"{type(error).__name__}: {error}"[:2_000]
            self.link.send(Answer(ask.seq, None, text), self.objects.seal)

    @contextmanager
    def _or_end(self, unsent: tuple[type[Exception], ...] = ()) -> Iterator[None]:
        """Whatever breaks off an exchange ends the worker, unless nothing has been sent yet."""
        try:
            yield
        except unsent:
            raise
        except BaseException:
            self.close()
            raise


def _number() -> int:
    return secrets.randbits(62)


def _reply(answer: Message, arguments_after: bool) -> Reply:
    match answer:
        case Returned():
            value, error = answer.value, None
        case Raised():
            value, error = None, remote_error(answer)
        case _:
            raise endings.breached()
    arguments = _arguments(answer.arguments) if arguments_after else None
    return Reply(value, error, arguments, clean(answer.printed[:MAX_TEXT]))


def _arguments(pair: tuple[Any, ...] | None) -> tuple[tuple[Any, ...], dict[str, Any]]:
    match pair:
        case (tuple(args), dict(kwargs)):
            return args, kwargs
    raise endings.breached()
