"""Runs a hidden suite, collected once, for one player after another."""

from __future__ import annotations

import math
import os
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Self

import pytest
from _pytest.runner import runtestprotocol  # documented for re-running plug-ins, yet not exported

from autograder.errors import SuiteError
from autograder.layout import Assignment
from autograder.suite.calls import Call
from autograder.suite.collection import Collection, HiddenTest
from autograder.suite.plugin import SITTING, STUDENT, Sitting
from autograder.suite.process import bounded_memory, forget_modules

WITHOUT = (
    "terminal", "capture", "logging", "cacheprovider", "faulthandler", "unraisableexception",
    "threadexception", "junitxml", "pastebin", "stepwise", "doctest", "setuponly", "setupplan",
)  # fmt: skip
"""Plug-ins of pytest that would do nothing here, before, at and after every test."""


@dataclass(frozen=True)
class Outcome:
    """What one run of one test came to."""

    error: BaseException | None
    calls: tuple[Call, ...]

    @property
    def passed(self) -> bool:
        """Whether the test passed."""
        return self.error is None


class Examiner:
    """A hidden suite, ready to examine. Use it as a context manager.

    Pytest owns the loop over its tests, so it runs in a thread of its own and takes one job
    after the other: which test, and who sits it.
    """

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self._errors: list[BaseException] = []
        self._jobs: queue.SimpleQueue[Callable[[], Outcome] | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[Outcome | BaseException] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._pytest, name="pytest", daemon=True)

    def __enter__(self) -> Self:
        """Collect the suite; a suite that can't be collected is a SuiteError."""
        if not self.assignment.hidden.is_dir():
            raise SuiteError(f"The hidden suite {self._where} is missing.")
        self._collection = Collection(self.assignment.exercises)
        forget_modules(self.assignment.hidden.parent.name)
        self._thread.start()
        started = self._results.get()
        if isinstance(started, BaseException):
            raise started
        return self

    def __exit__(self, *_: object) -> None:
        self._jobs.put(None)
        self._thread.join()

    @property
    def tests(self) -> list[HiddenTest]:
        """All tests, in the order of the solutions."""
        return self._collection.tests

    def exercises(self) -> list[str]:
        """Names of the exercises, in the order of the solutions."""
        return list(dict.fromkeys(test.exercise for test in self.tests))

    def tests_of(self, exercise: str) -> list[HiddenTest]:
        """The tests of one exercise."""
        return [test for test in self.tests if test.exercise == exercise]

    def points(self) -> dict[str, float]:
        """What each exercise is worth."""
        # Exact: a plain sum rounds in another way from Python 3.12 on.
        return {
            name: math.fsum(test.points for test in self.tests_of(name))
            for name in self.exercises()
        }

    def run(self, test: HiddenTest, sitting: Sitting) -> Outcome:
        """Run one test with a player."""
        item = self._collection.items[test]
        self._jobs.put(lambda: self._examine(item, sitting))
        result = self._results.get()
        if isinstance(result, BaseException):
            raise result
        return result

    def _examine(self, item: pytest.Item, sitting: Sitting) -> Outcome:
        item.config.stash[SITTING] = sitting
        self._errors.clear()
        with bounded_memory():
            runtestprotocol(item, log=False, nextitem=None)
        student = item.stash.get(STUDENT, None)
        calls = tuple(student._calls) if student else ()
        return Outcome(self._errors[0] if self._errors else None, calls)

    def _pytest(self) -> None:
        # A conftest.py above the suite would decide grades unknown to the suite's fingerprint.
        within = ["--rootdir", self._root, "--confcutdir", str(self.assignment.hidden)]
        options = ["--import-mode=importlib", *within]
        without = [f"-pno:{name}" for name in WITHOUT]
        arguments = ["-c", os.devnull, "-p", "autograder.suite.plugin", *options, *without]
        try:
            plugins = [self._collection, self]
            code = pytest.main([*arguments, str(self.assignment.hidden)], plugins=plugins)
            problems = self._collection.problems or [f"pytest ended with status {int(code)}."]
            self._results.put(SuiteError(f"The hidden suite {self._where}: {' '.join(problems)}"))
        except BaseException as error:
            self._results.put(error)

    @property
    def _root(self) -> str:
        return str(self.assignment.course.root)

    @property
    def _where(self) -> str:
        return str(self.assignment.hidden.relative_to(self.assignment.course.root))

    @pytest.hookimpl
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take jobs until there are none."""
        if self._collection.problems or session.testsfailed:
            return True
        self._results.put(Outcome(None, ()))
        while (job := self._jobs.get()) is not None:
            try:
                self._results.put(job())
            except BaseException as error:
                self._results.put(error)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> pytest.TestReport:
        """Note the exception that ended a test; pytest's own report would cost ten times more."""
        if call.excinfo is not None:
            self._errors.append(call.excinfo.value)
        outcome: Literal["passed", "failed"] = "failed" if call.excinfo else "passed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)  # type: ignore[arg-type]
