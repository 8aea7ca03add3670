"""The grader's side of what crosses: handles, functions passed in, replies."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.sandbox import endings
from autograder.wire import Function, Handle
from autograder.wire.messages import Raised
from autograder.wire.values import Mark

MAX_TEXT = 2_000


class Stale(Exception):
    """A handle of another worker was passed."""


@dataclass(frozen=True)
class RemoteError:
    """An exception in the worker; the innermost `function` and line of the notebook, if any."""

    type: str
    message: str
    function: str | None = None
    source: str | None = None
    bases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """The answer to a call; `arguments` are (args, kwargs) as they are afterwards."""

    value: Any
    error: RemoteError | None
    arguments: tuple[tuple[Any, ...], dict[str, Any]] | None
    printed: str = ""


class Objects:
    """Which functions of the grader the worker may call, and whose handles are whose."""

    def __init__(self, worker: int) -> None:
        self.worker = worker
        self.functions: dict[int, Callable[..., object]] = {}
        self._held: dict[int, Callable[..., object]] = {}
        self._numbers = itertools.count()

    def new_call(self) -> None:
        """Functions passed to earlier calls are not to be called any more, but for those held."""
        self.functions = dict(self._held)

    def hold(self) -> None:
        """The object that the latest call has made may go on calling what it was made with."""
        self._held = dict(self.functions)

    def seal(self, value: object) -> Mark:
        """The mark under which a handle or a function goes to the worker."""
        if isinstance(value, Handle):
            if value.worker != self.worker:
                raise Stale(f"{value.type_name} of a worker that has ended")
            return value
        if callable(value):
            number = next(self._numbers)
            self.functions[number] = value
            return Function(number)
        raise TypeError(f"{type(value).__name__} cannot be sent to a worker")

    def unseal(self, mark: Mark) -> Handle:
        """The handle that stands for an object of the worker."""
        if isinstance(mark, Handle):
            return Handle(mark.id, mark.type_name, self.worker)
        raise endings.breached()


def remote_error(raised: Raised) -> RemoteError:
    """What the worker reports, cut to size."""
    if any(type(base) is not str for base in raised.bases):
        raise endings.breached()
    bases = tuple(base[:100] for base in raised.bases[:20])
    function, source = (text and text[:MAX_TEXT] for text in (raised.function, raised.source))
    return RemoteError(raised.type[:100], raised.message[:MAX_TEXT], function, source, bases)
