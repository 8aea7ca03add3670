"""Lets those nodes of a cluster take part that have proved that they may."""

from __future__ import annotations

import time
from collections.abc import Callable, Set
from concurrent.futures import Future
from typing import Any

SECONDS_WITHOUT_NODES = 120.0

Ask = Callable[[str], "Future[str]"]
Say = Callable[[str], None]


class Gate:
    """Asks every node that comes for its refusal, and knows which ones are in.

    A node that refuses is left out with a warning, and the others go on without it.
    """

    def __init__(self, ask: Ask, say: Say) -> None:
        self.inside: frozenset[str] = frozenset()
        self.ever_open = False
        self._ask = ask
        self._say = say
        self._asked: dict[str, Future[str]] = {}
        self._refused: dict[str, str] = {}
        self._dry_since: float | None = None

    def look(self, present: Set[str]) -> None:
        """Take note of who has come, gone or answered."""
        for address in self._asked.keys() - present:
            self._asked.pop(address).cancel()
            self._refused.pop(address, None)
        for address in sorted(present - self._asked.keys()):
            self._asked[address] = self._ask(address)
        answers = {a: answer_of(f) for a, f in self._asked.items() if _has_answered(f)}
        for address, refusal in answers.items():
            if refusal and address not in self._refused:
                self._refused[address] = refusal
                self._say(f"Node {address} gets no work: {refusal}")
        self.inside = frozenset(a for a, refusal in answers.items() if not refusal)
        self.ever_open |= bool(self.inside)

    def closed_for_good(self) -> str:
        """Why there is no use in waiting for nodes any longer, or nothing."""
        if self.inside:
            self._dry_since = None
            return ""
        if self._refused and len(self._refused) == len(self._asked) and not self.ever_open:
            return f"No node may grade: {' '.join(sorted(set(self._refused.values())))}"
        if self._dry_since is None:
            self._dry_since = time.monotonic()
        if time.monotonic() - self._dry_since < SECONDS_WITHOUT_NODES:
            return ""
        return f"For {SECONDS_WITHOUT_NODES:g} s there was no node that may grade."


def answer_of(asked: Future[Any]) -> str:
    """The sentence that came back, or what kept a node from giving one."""
    error = asked.exception()
    if error is not None:
        return f"it could not even begin ({type(error).__name__}: {error})."
    return str(asked.result() or "")


def _has_answered(asked: Future[Any]) -> bool:
    return asked.done() and not asked.cancelled()
