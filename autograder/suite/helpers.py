"""Right helper functions: what the reference's own answered in one test, put on record."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from autograder.layout import Assignment
from autograder.solutions import functions, load
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
        known = [i for i, (asked, _) in enumerate(self.spoken) if same(asked, arguments)]
        if not known:
            raise LookupError("not on record")
        # Who asks again for the same wants other random numbers, if there are any.
        chosen = next((i for i in known if i not in self._told), known[0])
        self._told.add(chosen)
        return copy.deepcopy(self.spoken[chosen][1])


class Recorder:
    """Plays the reference, and keeps what some of its functions answer to the others.

    A function with a cache can't be put on record: its cache is nobody else's to read. Neither can
    a class.
    """

    def __init__(self, assignment: Assignment, names: Iterable[str]) -> None:
        known = functions(assignment.solutions)
        reference = reference_of(assignment)
        self.helpers = {
            name: OnRecord(getattr(reference, name), [])
            for name in names
            if not (known[name].kept or known[name].methods)
        }
        noting = {name: self._noting(name, getattr(reference, name)) for name in self.helpers}
        self.player = InProcess(load(assignment.solutions_text, "recorded", noting))

    def _noting(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        helper = self.helpers[name]

        def call(*args: Any, **kwargs: Any) -> Any:
            asked = copy.deepcopy(_bound(helper.signature, args, kwargs))
            answer = function(*args, **kwargs)
            helper.spoken.append((asked, copy.deepcopy(answer)))
            return answer

        return call


def _bound(signature: inspect.Signature, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """All arguments in order, but for generators: which numbers come of one is left to chance."""
    bound = signature.bind(*args, **kwargs)
    bound.apply_defaults()
    return [v for v in bound.arguments.values() if not isinstance(v, np.random.Generator)]
