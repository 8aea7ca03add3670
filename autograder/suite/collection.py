"""Collects a hidden suite: which tests there are, of which exercise, and what each is worth."""

from __future__ import annotations

import contextlib
import inspect
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class HiddenTest:
    """One collected test."""

    exercise: str
    id: str
    title: str
    points: float
    slow: bool = False
    """Whether it is to run only where it must, since it trains a network, say."""
    on_call: frozenset[str] = frozenset()
    """Helpers that may be asked anything where the student's own are wrong."""


class Collection:
    """A plug-in of pytest that notes what is collected, and what is wrong with it."""

    def __init__(self, exercises: list[str]) -> None:
        self.tests: list[HiddenTest] = []
        self.items: dict[HiddenTest, pytest.Item] = {}
        self.problems: list[str] = []
        self._order = {name: i for i, name in enumerate(exercises)}

    @pytest.hookimpl
    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the mark, which the project's own configuration registers elsewhere."""
        config.addinivalue_line("markers", "points(value): what one hidden test is worth")
        config.addinivalue_line("markers", "slow: run on fewer seeds by “layerwise verify”")
        config.addinivalue_line("markers", "on_call(names): helpers that may be asked anything")

    @pytest.hookimpl
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note what could not be collected."""
        if report.failed:
            reason = str(report.longrepr).strip().splitlines()[-1].removeprefix("E").strip()
            self.problems.append(f"{report.nodeid}: {reason}")

    @pytest.hookimpl
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note what was collected."""
        for item in session.items:
            test = _described(item)
            self.tests.append(test)
            self.items[test] = item
        self.tests.sort(key=lambda test: self._order.get(test.exercise, len(self._order)))
        if not self.problems:
            self._check()

    def _check(self) -> None:
        unknown = {test.exercise for test in self.tests} - set(self._order)
        if unknown:
            names = ", ".join(sorted(unknown))
            self.problems.append(f"no function of this name in the solutions: {names}.")
        if not sum(test.points for test in self.tests):
            self.problems.append("its points add up to 0; mark the tests with @points(…).")


def _described(item: pytest.Item) -> HiddenTest:
    mark = item.get_closest_marker("points")
    title = ""
    with contextlib.suppress(AttributeError):
        title = inspect.cleandoc(item.obj.__doc__ or "").split("\n")[0]  # type: ignore[attr-defined]
    exercise = item.path.stem.removeprefix("test_")
    worth = float(mark.args[0]) if mark else 0.0
    slow = item.get_closest_marker("slow") is not None
    on_call = frozenset[str]().union(*(mark.args for mark in item.iter_markers("on_call")))
    return HiddenTest(exercise, item.name, title or item.name, worth, slow, on_call)
