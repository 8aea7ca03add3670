"""Right helper functions: what the reference's own answered in one test, or the reference's own."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from autograder.layout import Assignment
from autograder.solutions import functions, load
from autograder.suite.follow_on import forwards_of
from autograder.suite.players import InProcess
from autograder.suite.plugin import reference_of
from autograder.suite.values import same

Spoken = list[tuple[list[Any], Any]]
"""Arguments in the order of the parameters, and the answer."""


class OnRecord:
    """One helper: it answers what the reference has asked in this test, and nothing else.

    So it computes nothing from what a student's code sends, and tells nothing that this test
    does not take for granted.
    """

    takes_keywords = True

    def __init__(self, function: Callable[..., Any], spoken: Spoken) -> None:
        self.signature = inspect.signature(function)
        self.spoken = spoken
        self.asked = False
        self._told: set[int] = set()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The reference's answer to these arguments."""
        self.asked = True
        arguments = _bound(self.signature, args, kwargs)
        # Who asks again for the same wants other random numbers, if there are any.
        fresh_first = sorted(range(len(self.spoken)), key=self._told.__contains__)
        found = (i for i in fresh_first if same(self.spoken[i][0], arguments))
        chosen = next(found, None)
        if chosen is None:
            raise LookupError("not on record")
        self._told.add(chosen)
        return copy.deepcopy(self.spoken[chosen][1])


class OnCall:
    """One helper that answers whatever it is asked, for tests that take any design of a student's.

    What a student's code sends comes to the reference's function, so a suite says which one may be
    on call: one whose cost goes with the size of its arguments.
    """

    takes_keywords = True

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.asked = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The reference's answer to these arguments."""
        self.asked = True
        return self.function(*args, **kwargs)


class Recorder:
    """Plays the reference, and keeps what some of its functions answer to the others.

    A cache is nobody else's to read, so functions that share one are put on record together, with
    a token for it. Classes, and the exercise itself, can't be put on record.
    """

    def __init__(self, assignment: Assignment, exercise: str, wrong: Iterable[str]) -> None:
        self._known = functions(assignment.solutions)
        self._caches: dict[str, Any] = {}
        reference = reference_of(assignment)
        together = [{name, *self._sharing(name)} for name in wrong if not self._known[name].methods]
        names = set[str]().union(*(group for group in together if exercise not in group))
        self.helpers = {name: OnRecord(getattr(reference, name), []) for name in names}
        noting = {name: self._noting(name, getattr(reference, name)) for name in self.helpers}
        self.player = InProcess(load(assignment.solutions_text, "recorded", noting))

    def _sharing(self, name: str) -> set[str]:
        """The functions with which this one shares a cache."""
        if self._known[name].kept:
            return {other for other in self._known if name in forwards_of(other)}
        return {other for other in forwards_of(name) & set(self._known) if self._known[other].kept}

    def _noting(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        helper = self.helpers[name]

        def call(*args: Any, **kwargs: Any) -> Any:
            asked = copy.deepcopy(_bound(helper.signature, args, kwargs))
            opened = map(self._opened, args)
            answer = function(*opened, **{key: self._opened(v) for key, v in kwargs.items()})
            for position in self._known[name].kept:
                answer = self._sealed(name, asked, answer, position)
            helper.spoken.append((asked, copy.deepcopy(answer)))
            return answer

        return call

    def _sealed(self, name: str, asked: Any, answer: Any, position: int) -> Any:
        """An answer with a token for its cache: for equal arguments the same one."""
        spoken = self.helpers[name].spoken
        call = next((i for i, (known, _) in enumerate(spoken) if same(known, asked)), len(spoken))
        token = f"cache {position} of call {call} of {name}"
        self._caches[token] = answer[position]
        return (*answer[:position], token, *answer[position + 1 :])

    def _opened(self, value: Any) -> Any:
        """The cache that a token stands for."""
        return self._caches.get(value, value) if isinstance(value, str) else value


def _bound(signature: inspect.Signature, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """All arguments in order, but for generators: which numbers come of one is left to chance."""
    bound = signature.bind(*args, **kwargs)
    bound.apply_defaults()
    return [v for v in bound.arguments.values() if not isinstance(v, np.random.Generator)]
