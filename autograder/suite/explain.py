"""Explains failed tests: which known mistake, or which earlier exercise, gives these answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.suite.checks import same
from autograder.suite.examiner import Examiner, HiddenTest, Outcome
from autograder.suite.follow_on import FollowOn
from autograder.suite.mistakes import Mistake
from autograder.suite.players import InProcess
from autograder.suite.plugin import Sitting, reference_of
from autograder.suite.student import Answer, Call, Player

ALIKE = 1e-6
"""Relative difference up to which two answers count as equal: central differences need as much."""


@dataclass(frozen=True)
class Explainer:
    """Runs failed tests again with alternative references and compares the answers."""

    examiner: Examiner
    mistakes: Sequence[Mistake]

    def mistakes_behind(
        self, failed: Mapping[HiddenTest, Outcome], sitting: Sitting
    ) -> dict[HiddenTest, Mistake]:
        """Name the mistake behind each failed test, where a known one gives the same answers.

        Of several, the one that explains most tests of the exercise is named.
        """
        explained = [(m, self._explained_by(m, failed, sitting)) for m in self.mistakes]
        found: dict[HiddenTest, Mistake] = {}
        for mistake, tests in sorted(explained, key=lambda pair: -len(pair[1])):
            for test in tests:
                found.setdefault(test, mistake)
        return found

    def is_follow_on(self, test: HiddenTest, outcome: Outcome, sitting: Sitting) -> bool:
        """Whether the answers are right on top of the student's own other functions."""
        if any(call.answer.error is not None for call in outcome.calls):
            return False
        text = self.examiner.assignment.solutions.read_text(encoding="utf-8")
        alternative = FollowOn(test.exercise, text, self.examiner.exercises(), sitting.player)
        rerun = self._run(test, alternative, sitting)
        return _alike(test.exercise, outcome, rerun) and self._substantial(test, rerun, sitting)

    def reference_outcome(self, test: HiddenTest, sitting: Sitting) -> Outcome:
        """What the reference makes of this very test."""
        return self._run(test, self._reference, sitting)

    def _explained_by(
        self, mistake: Mistake, failed: Mapping[HiddenTest, Outcome], sitting: Sitting
    ) -> list[HiddenTest]:
        tests = [test for test in failed if test.exercise == mistake.exercise]
        return [t for t in tests if self._explains(mistake, t, failed[t], sitting)]

    def _explains(
        self, mistake: Mistake, test: HiddenTest, outcome: Outcome, sitting: Sitting
    ) -> bool:
        rerun = self._run(test, mistake.player, sitting)
        return not rerun.passed and _alike(test.exercise, outcome, rerun)

    def _substantial(self, test: HiddenTest, rerun: Outcome, sitting: Sitting) -> bool:
        """Whether no answer is zero where the reference's is not.

        Without this, a forward function that returns zeros would earn its backward function
        the points for returning zeros.
        """
        own = _of(test.exercise, self.reference_outcome(test, sitting).calls)
        pairs = zip(_of(test.exercise, rerun.calls), own, strict=False)
        return all(_as_alive(mine.answer.value, right.answer.value) for mine, right in pairs)

    @property
    def _reference(self) -> Player:
        return InProcess(reference_of(self.examiner.assignment))

    def _run(self, test: HiddenTest, player: Player, sitting: Sitting) -> Outcome:
        return self.examiner.run(test, Sitting(player, sitting.student_id, sitting.seed))


def _alike(exercise: str, outcome: Outcome, rerun: Outcome) -> bool:
    """Whether two runs of one test gave the same answers for the exercise's own function."""
    mine, theirs = _of(exercise, outcome.calls), _of(exercise, rerun.calls)
    pairs = zip(mine, theirs, strict=False)
    return 0 < len(mine) <= len(theirs) and all(_same_answer(a.answer, b.answer) for a, b in pairs)


def _of(exercise: str, calls: Sequence[Call]) -> list[Call]:
    return [call for call in calls if call.function == exercise]


def _same_answer(a: Answer, b: Answer) -> bool:
    if a.error is not None or b.error is not None:
        both = a.error is not None and b.error is not None
        return both and str(a.error) == str(b.error)
    return same(a.value, b.value, ALIKE) and _same_after(a, b)


def _same_after(a: Answer, b: Answer) -> bool:
    return not a.after[0] or not b.after[0] or same(_plain(a.after), _plain(b.after), 0.0)


def _plain(after: object) -> object:
    """Without callables and caches, of which there is nothing to compare."""
    if isinstance(after, list | tuple):
        return [_plain(item) for item in after]
    if isinstance(after, dict):
        return {key: _plain(item) for key, item in after.items()}
    return after if isinstance(after, np.ndarray | int | float | str | bool) else None


def _as_alive(mine: object, right: object) -> bool:
    if isinstance(mine, list | tuple) and isinstance(right, list | tuple):
        return all(_as_alive(a, b) for a, b in zip(mine, right, strict=False))
    if isinstance(mine, np.ndarray) and isinstance(right, np.ndarray):
        return bool(np.any(mine)) or not np.any(right)
    return True
