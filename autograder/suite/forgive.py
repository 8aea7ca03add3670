"""Forgives failed tests: those in which nothing is wrong but what was wrong before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from autograder.suite.calls import Player, StudentError
from autograder.suite.collection import HiddenTest
from autograder.suite.derivative import Derivative, OwnForward
from autograder.suite.examiner import Outcome
from autograder.suite.explain import Explainer
from autograder.suite.follow_on import BACKWARD, FollowOn, forwards_of
from autograder.suite.helpers import OnCall, OnRecord, Recorder
from autograder.suite.likeness import alike, answers, as_alive, same_answer
from autograder.suite.mistakes import Mistake
from autograder.suite.plugin import Sitting, reference_of


class Forgiver:
    """Runs failed tests again on right helpers, or for the reference on the student's own."""

    def __init__(self, explainer: Explainer) -> None:
        self.explainer = explainer
        self.examiner = explainer.examiner

    def is_follow_on(
        self, test: HiddenTest, outcome: Outcome, sitting: Sitting, punished: set[str]
    ) -> bool:
        """Whether the answers are right on top of the student's own other functions.

        `punished` are the usable exercises that have lost points: only these can be followed on.
        """
        if _raised(outcome) or not punished:
            return False
        grounds = [self.explainer.reference_outcome(test, sitting)]
        if alike(test.exercise, outcome, *grounds):
            return False  # something else is wrong than the values: their type, their precision
        for stand_in in _stand_ins(test.exercise):
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

    def is_right_on_top_of_mistakes(
        self, test: HiddenTest, outcome: Outcome, sitting: Sitting, mistakes: Iterable[Mistake]
    ) -> bool:
        """Whether the answers are the reference's on the cache of a forward function so mistaken.

        Whoever derives the gradient of what the forward function should be has not made the
        mistake again, although this is not the gradient of what it is.
        """
        forwards = forwards_of(test.exercise) if test.exercise.endswith(BACKWARD) else set()
        behind = [mistake for mistake in mistakes if mistake.exercise in forwards]
        if _raised(outcome) or not behind:
            return False
        right = self.explainer.reference_outcome(test, sitting)
        if alike(test.exercise, outcome, right):
            return False
        runs = (self.explainer.outcome(test, mistake, sitting) for mistake in behind)
        return any(
            alike(test.exercise, outcome, right, run) and self._substantial(test, run, sitting)
            for run in runs
        )

    def is_right_for_its_forward(
        self, test: HiddenTest, outcome: Outcome, sitting: Sitting, punished: set[str]
    ) -> bool:
        """Whether all that is wrong with a backward function comes from a punished forward one.

        Only what the student says again counts.
        """
        exercise = test.exercise
        if not (exercise.endswith(BACKWARD) and forwards_of(exercise) & punished):
            return False
        with sitting.player.twin() as twin:
            own = OwnForward(exercise, self.examiner.assignment, twin)
            passed = self._run(test, own, sitting).passed
        pairs = zip(answers(exercise, outcome), own.said, strict=False)
        return passed and all(said is None or same_answer(mine, said) for mine, said in pairs)

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

    def _substantial(self, test: HiddenTest, rerun: Outcome, sitting: Sitting) -> bool:
        """Whether no answer is zero where the reference's is not.

        Without this, a forward function that returns zeros would earn its backward function
        the points for returning zeros.
        """
        right = answers(test.exercise, self.explainer.reference_outcome(test, sitting))
        pairs = zip(answers(test.exercise, rerun), right, strict=False)
        return all(as_alive(mine.value, good.value) for mine, good in pairs)

    def _run(self, test: HiddenTest, player: Player, sitting: Sitting) -> Outcome:
        return self.examiner.run(test, replace(sitting, player=player))


def _raised(outcome: Outcome) -> bool:
    return any(call.answer.error is not None for call in outcome.calls)


def _is_unwritten(outcome: Outcome) -> bool:
    return isinstance(outcome.error, StudentError) and outcome.error.unwritten


def _stand_ins(exercise: str) -> list[type[FollowOn]]:
    """Who may stand in for an exercise's own function."""
    return [FollowOn, Derivative] if exercise.endswith(BACKWARD) else [FollowOn]
