"""Explains failed tests: which known mistake, or which earlier exercise, gives these answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.suite.examiner import Examiner, HiddenTest, Outcome
from autograder.suite.follow_on import FollowOn
from autograder.suite.mistakes import Mistake
from autograder.suite.players import InProcess
from autograder.suite.plugin import Sitting, reference_of
from autograder.suite.student import Answer, Player
from autograder.suite.values import same

ALIKE = 1e-6
"""Relative difference up to which two answers count as equal: central differences need as much."""


class Explainer:
    """Runs failed tests again with alternative references and compares the answers."""

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
        explains most tests.
        """
        explained = [(m, self._explained_by(m, failed, sitting)) for m in self.mistakes]
        explained.sort(key=lambda pair: (-sum(pair[1].values()), -len(pair[1])))
        found: dict[HiddenTest, Mistake] = {}
        for mistake, tests in explained:
            for test in tests:
                found.setdefault(test, mistake)
        return found

    def is_follow_on(
        self, test: HiddenTest, outcome: Outcome, sitting: Sitting, punished: set[str]
    ) -> bool:
        """Whether the answers are right on top of the student's own other functions.

        `punished` are the usable exercises that have lost points: only these can be followed on.
        """
        raised = any(call.answer.error is not None for call in outcome.calls)
        if raised or not punished:
            return False
        if _alike(test.exercise, outcome, self.reference_outcome(test, sitting)):
            return False  # something else is wrong than the values: their type, their precision
        text = self.examiner.assignment.solutions_text
        alternative = FollowOn(test.exercise, text, self.examiner.exercises(), sitting.player)
        rerun = self._run(test, alternative, sitting)
        return (
            bool(alternative.used & punished)
            and _alike(test.exercise, outcome, rerun)
            and self._substantial(test, rerun, sitting)
        )

    def reference_outcome(self, test: HiddenTest, sitting: Sitting) -> Outcome:
        """What the reference makes of this very test."""
        return self.outcome(test, None, sitting)

    def _explained_by(
        self, mistake: Mistake, failed: Mapping[HiddenTest, Outcome], sitting: Sitting
    ) -> dict[HiddenTest, bool]:
        """The tests that a mistake explains, and whether it gives exactly the same answers."""
        tests = [test for test in failed if test.exercise == mistake.exercise]
        return {
            test: _alike(test.exercise, failed[test], self.outcome(test, mistake, sitting))
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
        answers = zip(
            *(_answers(test.exercise, run) for run in (outcome, mistaken, right)), strict=False
        )
        verdicts = [_shows(mine, wrong, good) for mine, wrong, good in answers]
        return True in verdicts and False not in verdicts

    def _substantial(self, test: HiddenTest, rerun: Outcome, sitting: Sitting) -> bool:
        """Whether no answer is zero where the reference's is not.

        Without this, a forward function that returns zeros would earn its backward function
        the points for returning zeros.
        """
        right = _answers(test.exercise, self.reference_outcome(test, sitting))
        pairs = zip(_answers(test.exercise, rerun), right, strict=False)
        return all(_as_alive(mine.value, good.value) for mine, good in pairs)

    def outcome(self, test: HiddenTest, mistake: Mistake | None, sitting: Sitting) -> Outcome:
        """What a mistake, or the reference itself, makes of a test; asked again, remembered."""
        if self._seed != sitting.seed:
            self._seed = sitting.seed
            self._known.clear()
        if (test, mistake) not in self._known:
            player = mistake.player if mistake else self._reference
            self._known[test, mistake] = self._run(test, player, sitting)
        return self._known[test, mistake]

    @property
    def _reference(self) -> Player:
        return InProcess(reference_of(self.examiner.assignment))

    def _run(self, test: HiddenTest, player: Player, sitting: Sitting) -> Outcome:
        return self.examiner.run(test, Sitting(player, sitting.student_id, sitting.seed))


def _answers(exercise: str, outcome: Outcome) -> list[Answer]:
    """All that the exercise's own function answered."""
    return [call.answer for call in outcome.calls if call.function == exercise]


def _alike(exercise: str, outcome: Outcome, rerun: Outcome) -> bool:
    """Whether two runs of one test gave the same answers."""
    mine, theirs = _answers(exercise, outcome), _answers(exercise, rerun)
    pairs = zip(mine, theirs, strict=False)
    return 0 < len(mine) <= len(theirs) and all(_same_answer(a, b) for a, b in pairs)


def _same_answer(a: Answer, b: Answer) -> bool:
    if a.error is not None or b.error is not None:
        both = a.error is not None and b.error is not None
        return both and str(a.error) == str(b.error)
    return same(a.value, b.value, ALIKE) and same(_plain(a.after), _plain(b.after), ALIKE)


def _shows(mine: Answer, wrong: Answer, right: Answer) -> bool | None:
    """Whether the mistake shows in this answer as in the student's; None: it does not show."""
    if mine.error is not None or wrong.error is not None:
        return _same_answer(mine, wrong)
    after, wrong_after, right_after = (_plain(a.after) for a in (mine, wrong, right))
    verdicts = {
        _part_shows(mine.value, wrong.value, right.value),
        _part_shows(after, wrong_after, right_after, 0.0),
    }
    return False not in verdicts if verdicts != {None} else None


def _part_shows(mine: Any, wrong: Any, right: Any, tol: float = ALIKE) -> bool | None:
    """Whether a part that the mistake changes by more than `tol` is the student's as well."""
    if same(wrong, right, tol):
        return None
    parts = _parts(mine, wrong, right)
    if parts is None:
        return same(mine, wrong, ALIKE)
    verdicts = {_part_shows(*part, tol) for part in parts}
    return False not in verdicts


def _parts(mine: Any, wrong: Any, right: Any) -> list[tuple[Any, Any, Any]] | None:
    """Corresponding parts of three answers of the same form."""
    values = (mine, wrong, right)
    if all(isinstance(v, dict) for v in values) and mine.keys() == wrong.keys() == right.keys():
        return [(mine[key], wrong[key], right[key]) for key in mine]
    is_sequence = all(isinstance(v, list | tuple) for v in values)
    if is_sequence and len(mine) == len(wrong) == len(right):
        return list(zip(mine, wrong, right, strict=True))
    return None


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
