"""Answers calls: looks the function up, keeps what must stay here, asks the grader's functions."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.wire import Channel, Function, Handle
from autograder.wire.messages import (
    Answer,
    Ask,
    Call,
    Raised,
    Returned,
    from_wire,
    to_wire,
)
from autograder.wire.values import Mark, type_name
from autograder.worker import errors

MISSING = object()
GENERATORS = (random.seed, np.random.seed)
"""How to start the global generators of random numbers, whatever a notebook makes of the names."""


class CallbackFailed(RuntimeError):
    """The function that was passed in raised an exception."""


class Caller:
    """The objects that stay in the worker, and the calls that use them."""

    def __init__(self, channel: Channel, namespace: dict[str, Any]) -> None:
        self.channel, self.namespace = channel, namespace
        self.kept: list[object] = []
        self.ids: dict[int, Handle] = {}
        self.lock = threading.Lock()
        self.seq = 0

    def seal(self, value: object) -> Mark:
        """The handle behind which an object stays here."""
        if isinstance(value, Handle):
            return value
        if id(value) not in self.ids:
            self.ids[id(value)] = Handle(len(self.kept), type_name(value)[:100])
            self.kept.append(value)
        return self.ids[id(value)]

    def unseal(self, mark: Mark) -> object:
        """The object that a mark of the grader stands for."""
        return self.kept[mark.id] if isinstance(mark, Handle) else self._stand_in(mark)

    def answer(self, call: Call) -> Returned | Raised:
        """Make the call; whatever happens in it is an answer."""
        self.seq = call.seq
        for start in GENERATORS:
            start(call.seed)
        with self._replaced(call.given):
            return self._made(call)

    @contextmanager
    def _replaced(self, given: dict[str, Any]) -> Iterator[None]:
        """Functions of the grader's take the place of the notebook's for a while."""
        own = {name: self.namespace[name] for name in given if name in self.namespace}
        self.namespace.update(given)
        try:
            yield
        finally:
            for name in given:
                self.namespace.pop(name, None)
            self.namespace.update(own)

    def _made(self, call: Call) -> Returned | Raised:
        name, _, method = call.name.partition(".")
        function = self.namespace.get(name, MISSING)
        if function is MISSING:
            return self._refusal(call, "Missing", "")
        if not callable(function):
            return self._refusal(call, "NotCallable", type_name(function))
        try:
            value = self._value(function, method, call)
        except BaseException as error:
            answer = self.raised(call, error)
            errors.let_go(error)
            return answer
        return Returned(call.seq, value, self._after(call))

    def _value(self, function: Callable[..., object], method: str, call: Call) -> object:
        """What the function returns, or the method of the object that is the first argument."""
        if method:
            return getattr(call.args[0], method)(*call.args[1:], **call.kwargs)
        value = function(*call.args, **call.kwargs)
        return self.seal(value) if isinstance(function, type) else self._keep(value, call.keep)

    def raised(self, call: Call, error: BaseException) -> Raised:
        """The answer that reports an exception."""
        function, source = errors.location(error)
        about = type_name(error), errors.message(error), errors.bases(error), function, source
        return Raised(call.seq, *about, self._after(call))

    def _refusal(self, call: Call, kind: str, message: str) -> Raised:
        return Raised(call.seq, kind, message, (), None, None, self._after(call))

    def _keep(self, value: object, positions: tuple[int, ...]) -> object:
        if not isinstance(value, list | tuple):
            return value
        items = [self.seal(item) if i in positions else item for i, item in enumerate(value)]
        return items if isinstance(value, list) else tuple(items)

    def _after(self, call: Call) -> tuple[Any, ...] | None:
        if not call.arguments_after:
            return None
        names = {name: self._handled(value) for name, value in call.kwargs.items()}
        return tuple(self._handled(value) for value in call.args), names

    def _handled(self, value: object) -> object:
        return self.ids.get(id(value), value)

    def _stand_in(self, mark: Function) -> Callable[..., object]:
        def function(*args: object, **kwargs: object) -> object:
            with self.lock:
                ask = Ask(self.seq, mark.id, args, kwargs)
                self.channel.send(to_wire(ask), self.seal)
                answer = from_wire(self.channel.receive(self.unseal))
            assert isinstance(answer, Answer)
            if answer.failed is not None:
                raise CallbackFailed(answer.failed)
            return answer.value

        return function
