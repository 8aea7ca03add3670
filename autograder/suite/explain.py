"""Explains failed tests: which known mistake gives these answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from autograder.suite.calls import Player, StudentError
from autograder.suite.collection import HiddenTest
from autograder.suite.examiner import Examiner, Outcome
from autograder.suite.likeness import alike, answers, shows
from autograder.suite.mistakes import Mistake
from autograder.suite.players import InProcess
from autograder.suite.plugin import Sitting, reference_of


class Explainer:
    """Runs failed tests again with known mistakes and compares the answers."""

    def __init__(self, examiner: Examiner, mistakes: Sequence[Mistake]) -> None:
        self.examiner = examiner
        self.mistakes = mistakes
        self._seed = ""
        self._known: dict[tuple[HiddenTest, Mistake | None], Outcome] = {}

    def mistakes_behind(
        self, failed: Mapping[HiddenTest, Outcome], sitting: Sitting
    ) -> dict[HiddenTest, Mistake]:
        """Name the mistake behind each failed test, where a known one gives the same answers.

        Of several, the one that gives most tests' answers exactly is named, then the one that
        explains most tests, then the one that would fail fewest of the others.
        """
        tried = ((m, self._explained_by(m, failed, sitting)) for m in self.mistakes)
        explained = [(m, tests) for m, tests in tried if _is_convincing(tests, failed)]
        if len(explained) > 1:
            explained.sort(
                key=lambda pair: (
                    -sum(pair[1].values()),
                    -len(pair[1]),
                    self._fails_besides(pair[0], failed, sitting),
                )
            )
        found: dict[HiddenTest, Mistake] = {}
        for mistake, tests in explained:
            for test in tests:
                found.setdefault(test, mistake)
        return found

    def _fails_besides(
        self, mistake: Mistake, failed: Mapping[HiddenTest, Outcome], sitting: Sitting
    ) -> int:
        """The number of tests that a mistake fails and the student does not."""
        tests = self.examiner.tests_of(mistake.exercise)
        others = (test for test in tests if not (test in failed or test.slow))
        return sum(not self.outcome(test, mistake, sitting).passed for test in others)

    def reference_outcome(self, test: HiddenTest, sitting: Sitting) -> Outcome:
        """What the reference makes of this very test."""
        return self.outcome(test, None, sitting)

    def _explained_by(
        self, mistake: Mistake, failed: Mapping[HiddenTest, Outcome], sitting: Sitting
    ) -> dict[HiddenTest, bool]:
        """The tests that a mistake explains, and whether it gives exactly the same answers.

        A slow test is run only with a mistake that fails no other test than the student does.
        """
        tests = [test for test in failed if test.exercise == mistake.exercise]
        if any(test.slow for test in tests) and self._fails_besides(mistake, failed, sitting):
            tests = [test for test in tests if not test.slow]
        return {
            test: alike(test.exercise, failed[test], self.outcome(test, mistake, sitting))
            for test in tests
            if self._explains(mistake, test, failed[test], sitting)
        }

    def _explains(
        self, mistake: Mistake, test: HiddenTest, outcome: Outcome, sitting: Sitting
    ) -> bool:
        """Whether the student's answers are the mistaken ones, wherever the mistake shows.

        What the mistake leaves as the reference has it is not compared: a student may have made
        another mistake there.
        """
        mistaken = self.outcome(test, mistake, sitting)
        if mistaken.passed:
            return False
        right = self.reference_outcome(test, sitting)
        runs = (outcome, mistaken, right)
        triples = zip(*(answers(test.exercise, run) for run in runs), strict=False)
        verdicts = [shows(mine, wrong, good) for mine, wrong, good in triples]
        return True in verdicts and False not in verdicts

    def outcome(self, test: HiddenTest, mistake: Mistake | None, sitting: Sitting) -> Outcome:
        """What a mistake, or the reference itself, makes of a test; asked again, remembered."""
        if self._seed != sitting.seed:
            self._seed = sitting.seed
            self._known.clear()
        if (test, mistake) not in self._known:
            player = mistake.player if mistake else self._reference
            self._known[test, mistake] = self.examiner.run(test, replace(sitting, player=player))
        return self._known[test, mistake]

    @property
    def _reference(self) -> Player:
        return InProcess(reference_of(self.examiner.assignment))


def _is_convincing(
    explained: Mapping[HiddenTest, bool], failed: Mapping[HiddenTest, Outcome]
) -> bool:
    """Whether an answer is explained, or all there is: many errors raise the same exception."""
    answered = any(not isinstance(failed[test].error, StudentError) for test in explained)
    return answered or 0 < len(explained) == len(failed)
