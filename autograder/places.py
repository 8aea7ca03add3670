"""Says where in a notebook an exception came up, in words that the notebook itself has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from autograder.sandbox import RemoteError
from autograder.sandbox.outputs import clean
from autograder.submission import CodeCell
from autograder.suite.calls import Place

DEFINED = re.compile(r"(?:def|class) (\w+)")


class Places:
    """The lines and functions of a notebook.

    A line or a name that is in no cell may be made of the inputs of a hidden test: what the worker
    says is shown only if it is here.
    """

    def __init__(self, cells: Sequence[CodeCell]) -> None:
        self._own = _lines(cell for cell in cells if not cell.locked)
        self._all = _lines(cells)
        found = map(DEFINED.match, self._all)
        self._defined = {match[1] for match in found if match}

    def of(self, error: RemoteError) -> Place:
        """Where an exception in the worker came up."""
        line, function = error.source or "", error.function or ""
        return Place(
            clean(line) if line in self._all else "",
            function if self._defined.issuperset(function.split(".")) else "",
            line not in self._own,
        )


def _lines(cells: Iterable[CodeCell]) -> set[str]:
    return {line.strip() for cell in cells for line in cell.source.splitlines()}
