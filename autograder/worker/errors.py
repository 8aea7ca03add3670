"""Describes an exception of the student's code by its own lines only."""

import linecache
import traceback
from types import TracebackType

from autograder.wire.values import type_name

MAX_MESSAGE = 2_000
MAX_LINES = 30


def cell_name(number: int) -> str:
    """The file name under which a cell is compiled."""
    return f"<cell {number}>"


def message(error: BaseException) -> str:
    """str(error), exactly a str, even if the student's class has a broken or evil one."""
    try:
        return str.__getitem__(str(error), slice(MAX_MESSAGE))
    except BaseException:
        return ""


def bases(error: BaseException) -> tuple[str, ...]:
    """The names of the built-in exception classes that the error belongs to."""
    builtin = [base for base in type(error).__mro__ if base.__module__ == "builtins"]
    return tuple(base.__name__ for base in builtin if base is not object)


def location(error: BaseException) -> tuple[str | None, str | None]:
    """The function and the text of the innermost line that lies in a cell."""
    found: tuple[str | None, str | None] = (None, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        code = frame.f_code
        if _is_cell(code.co_filename):
            source = linecache.getline(code.co_filename, line).strip()
            found = code.co_qualname[:MAX_MESSAGE], source[:MAX_MESSAGE]
    return found


def lines(error: BaseException) -> list[str]:
    """The traceback, without any frame that is not the student's."""
    try:
        _trim(error, set())
        return "".join(traceback.format_exception(error)).splitlines()[-MAX_LINES:]
    except BaseException:
        return [f"{type_name(error)}: {message(error)}"]


def let_go(error: BaseException) -> None:
    """Forget the local variables of the functions that an exception went through.

    They may be all the memory there is, and an exception that somebody keeps keeps them.
    """
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        traceback.clear_frames(following.__traceback__)
        for frame, _ in traceback.walk_tb(following.__traceback__):
            _ = frame.f_locals  # a copy that somebody has looked at is brought up to date
        following = following.__cause__ or following.__context__


def _is_cell(name: str) -> bool:
    return name.startswith("<cell ")


def _trim(error: BaseException | None, seen: set[int]) -> None:
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    error.__traceback__ = _own_frames(error.__traceback__)
    _trim(error.__cause__, seen)
    _trim(error.__context__, seen)


def _own_frames(tb: TracebackType | None) -> TracebackType | None:
    own: TracebackType | None = None
    frames = []
    while tb is not None:
        frames.append(tb)
        tb = tb.tb_next
    for step in reversed(frames):
        if _is_cell(step.tb_frame.f_code.co_filename):
            own = TracebackType(own, step.tb_frame, step.tb_lasti, step.tb_lineno)
    return own
