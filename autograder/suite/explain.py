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
    """Runs failed tests again with known mistakes and compares the answers.

    What a mistake made of a test is remembered while that mistake is looked at: all together would
    be gigabytes, where tests make hundreds of calls. With `keeps_all` it is remembered as long as
    the seed stays, for whoever asks for each mistake many times.
    """

    def __init__(
        self, examiner: Examiner, mistakes: Sequence[Mistake], *, keeps_all: bool = False
    ) -> None:
        self.examiner = examiner
        self.mistakes = mistakes
        self._keeps_all = keeps_all
        self._seed = ""
        self._at_hand: Mistake | None = None
        self._known: dict[tuple[HiddenTest, Mistake | None], Outcome] = {}
        self._passes: dict[tuple[HiddenTest, Mistake], bool] = {}

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
        return sum(not self._passed(test, mistake, sitting) for test in others)

    def reference_outcome(self, test: HiddenTest, sitting: Sitting) -> Outcome:
        """What the reference makes of this very test."""
        return self.outcome(test, None, sitting)

    def _explained_by(
        self, mistake: Mistake, failed: Mapping[HiddenTest, Outcome], sitting: Sitting
    ) -> dict[HiddenTest, bool]:
        """The tests that a mistake explains, and whether it gives exactly the same answers.

        A slow test is run only with a mistake that fails no other test than the student does, and
        explains those of the others that it fails.
        """
        explained: dict[HiddenTest, bool] = {}
        ruled_out = False
        tests = (test for test in failed if test.exercise == mistake.exercise)
        for test in sorted(tests, key=lambda test: test.slow):
            if test.slow and (ruled_out or self._fails_besides(mistake, failed, sitting)):
                break
            if self._explains(mistake, test, failed[test], sitting):
                mistaken = self.outcome(test, mistake, sitting)
                explained[test] = alike(test.exercise, failed[test], mistaken)
            elif not self._passed(test, mistake, sitting):
                ruled_out = True
        return explained

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
        self._forget(mistake, sitting)
        if (test, mistake) not in self._known:
            player = mistake.player if mistake else self._reference
            self._known[test, mistake] = self.examiner.run(test, replace(sitting, player=player))
        if mistake:
            self._passes[test, mistake] = self._known[test, mistake].passed
        return self._known[test, mistake]

    def _passed(self, test: HiddenTest, mistake: Mistake, sitting: Sitting) -> bool:
        """Whether a mistake passes a test; this is remembered of all of them."""
        self._forget(None, sitting)
        if (test, mistake) not in self._passes:
            self.outcome(test, mistake, sitting)
        return self._passes[test, mistake]

    def _forget(self, mistake: Mistake | None, sitting: Sitting) -> None:
        """Forget what was asked with another seed, and what the mistake before this one made."""
        if self._seed != sitting.seed:
            self._seed = sitting.seed
            self._known.clear()
            self._passes.clear()
        if mistake and mistake is not self._at_hand and not self._keeps_all:
            self._known = {key: known for key, known in self._known.items() if key[1] is None}
            self._at_hand = mistake

    @property
    def _reference(self) -> Player:
        return InProcess(reference_of(self.examiner.assignment))


def _is_convincing(
    explained: Mapping[HiddenTest, bool], failed: Mapping[HiddenTest, Outcome]
) -> bool:
    """Whether an answer is explained, or all there is: many errors raise the same exception."""
    answered = any(not isinstance(failed[test].error, StudentError) for test in explained)
    return answered or 0 < len(explained) == len(failed)
