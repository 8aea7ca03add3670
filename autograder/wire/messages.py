"""The messages of the protocol and their strict schema; each carries its exchange's number."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, get_type_hints

from autograder.wire.values import WireError


@dataclass(frozen=True)
class Message:
    """The number of the exchange that the message belongs to."""

    seq: int


@dataclass(frozen=True)
class Hello(Message):
    """Worker: I am ready."""


@dataclass(frozen=True)
class Cell(Message):
    """Grader: run this cell, and render the figures it draws, or only name them."""

    source: str
    figures: bool = True


@dataclass(frozen=True)
class Ran(Message):
    """Worker: the cell's outputs, and the type of the exception that ended it."""

    outputs: list[Any]
    error: str | None


@dataclass(frozen=True)
class Call(Message):
    """Grader: call this function; keep these positions of its answer; send the arguments back.

    What is given takes the place of the notebook's functions of that name during the call; the
    global generators of random numbers start from the seed.
    """

    name: str
    args: tuple[Any, ...]
    kwargs: dict[Any, Any]
    keep: tuple[Any, ...]
    arguments_after: bool
    given: dict[Any, Any]
    seed: int


@dataclass(frozen=True)
class Returned(Message):
    """Worker: the function returned this, and printed that."""

    value: Any
    arguments: tuple[Any, ...] | None
    printed: str = ""


@dataclass(frozen=True)
class Raised(Message):
    """Worker: the call raised this, in this function and line of the notebook, and printed that."""

    type: str
    message: str
    bases: tuple[Any, ...]
    function: str | None
    source: str | None
    arguments: tuple[Any, ...] | None
    printed: str = ""


@dataclass(frozen=True)
class Overflow(Message):
    """Worker: the answer is too large to send."""

    reason: str


@dataclass(frozen=True)
class Ask(Message):
    """Worker: call this function of yours."""

    function: int
    args: tuple[Any, ...]
    kwargs: dict[Any, Any]


@dataclass(frozen=True)
class Answer(Message):
    """Grader: your function returned this, or failed with this message."""

    value: Any
    failed: str | None


KINDS: dict[str, Callable[..., Message]] = {
    kind.__name__: kind
    for kind in (Hello, Cell, Ran, Call, Returned, Raised, Overflow, Ask, Answer)
}
ORIGINS = {list[Any]: list, tuple[Any, ...]: tuple, dict[Any, Any]: dict}


def _plain(hint: Any) -> Any:
    if hint == tuple[Any, ...] | None:
        return tuple | None
    return object if hint is Any else ORIGINS.get(hint, hint)


SCHEMA = {name: list(map(_plain, get_type_hints(kind).values())) for name, kind in KINDS.items()}


def to_wire(message: Message) -> tuple[Any, ...]:
    """The message as one value."""
    return (type(message).__name__, *(getattr(message, f.name) for f in fields(message)))


def from_wire(value: object) -> Message:
    """The message that a received value is, its fields' types checked."""
    match value:
        case (str(name), *parts) if isinstance(value, tuple) and name in KINDS:
            hints = SCHEMA[name]
            if len(parts) == len(hints) and all(map(_fits, parts, hints)):
                return KINDS[name](*parts)
    raise WireError("not a message")


def _fits(part: object, hint: Any) -> bool:
    if type(part) is bool and hint is not object:
        return hint is bool
    return isinstance(part, hint)
