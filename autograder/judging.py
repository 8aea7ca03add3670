"""Judges what came out of one submission's tests: points, messages, hints, and what is forgiven."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.errors import SuiteError
from autograder.footing import Footing
from autograder.messages import form_message, is_verdict, message_for, status_of
from autograder.report import ExerciseReport, TestReport
from autograder.sandbox import WorkerFailed
from autograder.suite.collection import HiddenTest
from autograder.suite.examiner import Outcome
from autograder.suite.forgive import Forgiver
from autograder.suite.mistakes import Mistake
from autograder.suite.plugin import Sitting

Outcomes = Mapping[HiddenTest, Outcome]
MAX_PRINTED = 2_000
JUDGED = {"failed", "error", "missing"}
"""What an earlier function can be the reason of."""
FOLLOW_ON = (
    "What is wrong here comes from an earlier function of yours, which lost its own points there. "
    "Apart from that yours is right, so you get these points."
)


class Judge:
    """Judges the exercises of one submission, each on top of the ones before."""

    def __init__(self, forgiver: Forgiver, sitting: Sitting) -> None:
        self._forgiver = forgiver
        self._explainer = forgiver.explainer
        self._sitting = sitting
        self._footing = Footing(forgiver.examiner, sitting)

    def report(self, name: str, outcomes: Outcomes) -> ExerciseReport:
        """Judge one exercise; to be called in the order of the exercises."""
        own = {test: outcome for test, outcome in outcomes.items() if test.exercise == name}
        failed = {test: outcome for test, outcome in own.items() if not outcome.passed}
        answered = {t: o for t, o in failed.items() if status_of(o) in {"failed", "error"}}
        mistakes = self._explainer.mistakes_behind(answered, self._sitting)
        forgiven = self._forgiven(failed)
        reports = [
            _forgiven(test) if test in forgiven else self._test(test, outcome, mistakes.get(test))
            for test, outcome in own.items()
        ]
        report = ExerciseReport(name, tuple(reports))
        self._footing.add(report, mistakes.values())
        return report

    def _forgiven(self, failed: Outcomes) -> set[HiddenTest]:
        """The failed tests in which nothing is wrong but what was wrong before."""
        judged = {t: o for t, o in failed.items() if status_of(o) in JUDGED}
        forgiven, others = set[HiddenTest](), judged
        for names in self._footing.helpers:
            forgiven |= self._forgiver.right_on_right_helpers(others, self._sitting, names)
            others = {t: o for t, o in judged.items() if t not in forgiven}
        return forgiven | {test for test, outcome in others.items() if self._follows(test, outcome)}

    def _follows(self, test: HiddenTest, outcome: Outcome) -> bool:
        """Whether the answers are right on top of functions that are wrong."""
        names, mistakes = self._footing.names, self._footing.mistakes
        asked = test, outcome, self._sitting
        return (
            self._forgiver.is_right_on_top_of_mistakes(*asked, mistakes)
            or self._forgiver.is_right_for_its_forward(*asked, names)
            or self._forgiver.is_follow_on(*asked, names)
        ) and self._footing.holds()

    def _test(self, test: HiddenTest, outcome: Outcome, mistake: Mistake | None) -> TestReport:
        earned = test.points if outcome.passed else 0.0
        name, hint = (mistake.name, mistake.hint) if mistake else (None, "")
        message, status = self._message(test, outcome), status_of(outcome)
        printed = "".join(call.answer.printed for call in outcome.calls)[:MAX_PRINTED]
        return TestReport(
            test.id, test.title, test.points, earned, status, message, name, hint, printed
        )

    def _message(self, test: HiddenTest, outcome: Outcome) -> str:
        if outcome.passed or is_verdict(outcome):
            return message_for(test.exercise, outcome)
        # The test's own code stumbled: over the student's answer, if the reference passes it.
        right = self._explainer.reference_outcome(test, self._sitting)
        ours = isinstance(outcome.error, WorkerFailed) or not right.passed
        if ours or not outcome.calls:
            raise SuiteError(f"{test.exercise}, {test.id}: {outcome.error!r}") from outcome.error
        return form_message(test.exercise, outcome, right)


def _forgiven(test: HiddenTest) -> TestReport:
    return TestReport(test.id, test.title, test.points, test.points, "follow-on", FOLLOW_ON)
