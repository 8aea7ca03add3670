"""Explains failed tests: which known mistake, or which earlier exercise, gives these answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.suite.calls import Player, StudentError
from autograder.suite.examiner import Examiner, HiddenTest, Outcome
from autograder.suite.follow_on import BACKWARD, FollowOn, OwnShape, forwards_of, stand_ins
from autograder.suite.helpers import OnCall, OnRecord, Recorder
from autograder.suite.likeness import alike, answers, as_alive, shows
from autograder.suite.mistakes import Mistake
from autograder.suite.players import InProcess
from autograder.suite.plugin import Sitting, reference_of


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

    def is_follow_on(
        self, test: HiddenTest, outcome: Outcome, sitting: Sitting, punished: set[str]
    ) -> bool:
        """Whether the answers are right on top of the student's own other functions.

        `punished` are the usable exercises that have lost points: only these can be followed on.
        """
        raised = any(call.answer.error is not None for call in outcome.calls)
        if raised or not punished:
            return False
        grounds = [self.reference_outcome(test, sitting)]
        if alike(test.exercise, outcome, *grounds):
            return False  # something else is wrong than the values: their type, their precision
        for stand_in in stand_ins(test.exercise):
            rerun = self._on_top(test, stand_in, sitting, punished)
            if rerun and self._substantial(test, rerun, sitting):
                grounds.append(rerun)
                if alike(test.exercise, outcome, *grounds):
                    return True
        return False

    def right_on_right_helpers(
        self, failed: Mapping[HiddenTest, Outcome], sitting: Sitting, wrong: set[str]
    ) -> set[HiddenTest]:
        """The tests that pass once the helpers that are wrong give the right answers.

        A twin of the student's is asked, in whose notebook they are replaced for each test.
        """
        known = {test: self._helpers_of(test, sitting, wrong) for test in failed}
        right: set[HiddenTest] = set()
        if not any(known.values()):
            return right
        given: dict[str, OnRecord | OnCall] = {}
        with sitting.player.twin(given) as twin:
            for test, helpers in known.items():
                given.clear()
                given.update(helpers)
                passed = bool(helpers) and self._run(test, twin, sitting).passed
                if passed and any(helper.asked for helper in helpers.values()):
                    right.add(test)
                elif _is_unwritten(failed[test]) and not right:
                    break  # the function itself is unwritten, and not one that it calls
        return right

    def _helpers_of(
        self, test: HiddenTest, sitting: Sitting, wrong: set[str]
    ) -> dict[str, OnRecord | OnCall]:
        """The wrong functions that the reference calls in a test, with the right answers."""
        reference = reference_of(self.examiner.assignment)
        on_call = {name: OnCall(getattr(reference, name)) for name in wrong & test.on_call}
        recorder = Recorder(self.examiner.assignment, test.exercise, wrong - test.on_call)
        if not recorder.helpers or not self._run(test, recorder.player, sitting).passed:
            return {**on_call}
        on_record = {name: helper for name, helper in recorder.helpers.items() if helper.spoken}
        return {**on_call, **on_record}

    def is_right_in_its_own_shape(
        self, test: HiddenTest, sitting: Sitting, punished: set[str]
    ) -> bool:
        """Whether a backward function is right for a punished forward one of another shape."""
        exercise = test.exercise
        if not (exercise.endswith(BACKWARD) and forwards_of(exercise) & punished):
            return False
        with sitting.player.twin() as twin:
            return self._run(
                test, OwnShape(exercise, self.examiner.assignment, twin), sitting
            ).passed

    def _on_top(
        self, test: HiddenTest, stand_in: type[FollowOn], sitting: Sitting, punished: set[str]
    ) -> Outcome | None:
        """What comes out on top of the student's other functions, if it stands on punished ones.

        They are a twin's, which has not been tested: one could be right until its tests are over.
        """
        with sitting.player.twin() as twin:
            alternative = stand_in(test.exercise, self.examiner.assignment, twin)
            rerun = self._run(test, alternative, sitting)
        return rerun if alternative.used & punished else None

    def reference_outcome(self, test: HiddenTest, sitting: Sitting) -> Outcome:
        """What the reference makes of this very test."""
        return self.outcome(test, None, sitting)

    def _explained_by(
        self, mistake: Mistake, failed: Mapping[HiddenTest, Outcome], sitting: Sitting
    ) -> dict[HiddenTest, bool]:
        """The tests that a mistake explains, and whether it gives exactly the same answers."""
        tests = [test for test in failed if test.exercise == mistake.exercise]
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

    def _substantial(self, test: HiddenTest, rerun: Outcome, sitting: Sitting) -> bool:
        """Whether no answer is zero where the reference's is not.

        Without this, a forward function that returns zeros would earn its backward function
        the points for returning zeros.
        """
        right = answers(test.exercise, self.reference_outcome(test, sitting))
        pairs = zip(answers(test.exercise, rerun), right, strict=False)
        return all(as_alive(mine.value, good.value) for mine, good in pairs)

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


def _is_convincing(
    explained: Mapping[HiddenTest, bool], failed: Mapping[HiddenTest, Outcome]
) -> bool:
    """Whether an answer is explained, or all there is: many errors raise the same exception."""
    answered = any(not isinstance(failed[test].error, StudentError) for test in explained)
    return answered or 0 < len(explained) == len(failed)


def _is_unwritten(outcome: Outcome) -> bool:
    return isinstance(outcome.error, StudentError) and outcome.error.unwritten
