"""What an exercise may be judged on top of: earlier functions of the student's, partly wrong."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from autograder.report import ExerciseReport
from autograder.suite.examiner import Examiner
from autograder.suite.mistakes import Mistake
from autograder.suite.plugin import Sitting

ASKED_AGAIN = 4


class Footing:
    """The exercises that are wrong, and were punished or forgiven, yet are not without worth.

    A function without worth could be made so simple that what follows on it is trivial. So could
    one that is right only while it is tested itself: it has to be so again when it is asked afresh.
    """

    def __init__(self, examiner: Examiner, sitting: Sitting) -> None:
        self._examiner = examiner
        self._sitting = sitting
        self._reports: list[ExerciseReport] = []
        self._wrong: set[str] = set()
        self._punished: set[str] = set()
        self._firm: dict[str, bool] = {}
        self.mistakes: list[Mistake] = []
        """Known mistakes that these functions answer with."""

    @property
    def helpers(self) -> list[set[str]]:
        """What may be replaced by right functions: all that is wrong, or what lost points only."""
        if self._punished == self._wrong:
            return [self._wrong]
        return [self._wrong, self._punished]

    @property
    def names(self) -> set[str]:
        """The exercises that can be followed on."""
        return {report.id for report in self._reports}

    def add(self, report: ExerciseReport, mistakes: Iterable[Mistake]) -> None:
        """An exercise has been graded."""
        if _is_wrong(report):
            self._wrong.add(report.id)
            if report.score < report.max_score:
                self._punished.add(report.id)
            if _has_worth(report):
                self._reports.append(report)
                self.mistakes += dict.fromkeys(mistakes)

    def holds(self) -> bool:
        """Whether tests that these functions have passed are passed by twins as well.

        Some, picked at random: each takes a twin of its own, which has run nothing else.
        """
        return all(map(self._is_firm, self._reports))

    def _is_firm(self, report: ExerciseReport) -> bool:
        if report.id not in self._firm:
            passed = [test.id for test in report.tests if test.status == "passed"]
            asked = secrets.SystemRandom().sample(passed, min(len(passed), ASKED_AGAIN))
            self._firm[report.id] = all(self._passes(report.id, test) for test in asked)
        return self._firm[report.id]

    def _passes(self, exercise: str, test: str) -> bool:
        tests = {known.id: known for known in self._examiner.tests_of(exercise)}
        with self._sitting.player.twin() as twin:
            again = Sitting(twin, self._sitting.student_id, self._sitting.seed)
            return self._examiner.run(tests[test], again).passed


def _is_wrong(report: ExerciseReport) -> bool:
    return any(test.status != "passed" for test in report.tests)


def _has_worth(report: ExerciseReport) -> bool:
    """Whether it kept half of its points, or does what many have done before."""
    known = all(test.status in ("passed", "follow-on") or test.mistake for test in report.tests)
    return known or report.score >= report.max_score / 2
