"""Right helper functions: what the reference's own answered in one test, put on record."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterable
from typing import Any

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

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The reference's answer to these arguments."""
        self.asked = True
        arguments = _bound(self.signature, args, kwargs)
        for known, answer in self.spoken:
            if same(known, arguments):
                return copy.deepcopy(answer)
        raise LookupError("not on record")


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
    bound = signature.bind(*args, **kwargs)
    bound.apply_defaults()
    return list(bound.arguments.values())
