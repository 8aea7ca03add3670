"""Grades one submission: its cells and calls run in the sandbox, the tests run here."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from autograder.errors import CourseError, SuiteError
from autograder.footing import Footing
from autograder.layout import Assignment
from autograder.messages import form_message, is_verdict, message_for, status_of
from autograder.report import ExerciseReport, GradeReport, TestReport
from autograder.sandbox import Launcher, Limits, WorkerFailed
from autograder.seat import Seat
from autograder.secret import seed_of
from autograder.submission import Submission, points_in, read_submission, template_of
from autograder.suite.collection import HiddenTest
from autograder.suite.examiner import Examiner, Outcome
from autograder.suite.explain import Explainer
from autograder.suite.forgive import Forgiver
from autograder.suite.mistakes import Mistake, load_mistakes
from autograder.suite.plugin import Sitting

Exercises = tuple[ExerciseReport, ...]
Outcomes = Mapping[HiddenTest, Outcome]
MAX_PRINTED = 2_000
JUDGED = {"failed", "error", "missing"}
"""What an earlier function can be the reason of."""

Outputs = dict[int, list[dict[str, Any]]]


class Grader:
    """Grades submissions of one assignment, one after the other. Use it as a context manager."""

    def __init__(self, assignment: Assignment, launch: Launcher, limits: Limits) -> None:
        self.assignment = assignment
        self._launch = launch
        self._limits = limits
        self._examiner = Examiner(assignment)
        self._explainer = Explainer(self._examiner, load_mistakes(assignment))
        self._forgiver = Forgiver(self._explainer)
        self._stack = contextlib.ExitStack()
        self.template = template_of(assignment)

    def __enter__(self) -> Self:
        """Collect the hidden suite; the notebook has to give the same points."""
        self._stack.enter_context(self._examiner)
        if points_in(self.template) != self._examiner.points():
            raise CourseError(
                f"{self.assignment.notebook} gives other points than the hidden suite: "
                "run “layerwise build”."
            )
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def read(self, path: Path, student: str) -> Submission:
        """Read a student's notebook."""
        return read_submission(path, self.template, student, self._limits.notebook_size)

    def grade(self, submission: Submission) -> GradeReport:
        """Run the notebook and every hidden test; an unreadable one gets 0 and a flag."""
        began = time.monotonic()
        seed = seed_of(self.assignment, submission.student)
        if submission.flags:
            exercises, outputs = self._nothing(submission), Outputs()
        else:
            exercises, outputs = self._examine(submission, seed)
        return GradeReport(
            student=submission.student,
            assignment=self.assignment.name,
            submission=submission.sha256,
            suite=self.assignment.fingerprint,
            seed=seed,
            exercises=exercises,
            flags=submission.flags,
            seconds=round(time.monotonic() - began, 3),
            isolation=self._launch.name,
            outputs=outputs,
        )

    def _examine(self, submission: Submission, seed: str) -> tuple[Exercises, Outputs]:
        with Seat(self._launch, self._limits, submission.cells) as seat:
            sitting = Sitting(seat, submission.student, seed)
            # All tests come first: to find out what is behind an error takes time, which must not
            # be missing for a later exercise.
            outcomes = {t: self._examiner.run(t, sitting) for t in self._examiner.tests}
            exercises: list[ExerciseReport] = []
            footing = Footing(self._examiner, sitting)
            for name in self._examiner.exercises():
                own = {t: outcome for t, outcome in outcomes.items() if t.exercise == name}
                exercises.append(self._exercise(name, own, sitting, footing))
                footing.add(exercises[-1])
            return tuple(exercises), seat.outputs

    def _nothing(self, submission: Submission) -> Exercises:
        """What a submission gets that can't be read."""
        reason = " ".join(submission.flags)
        return tuple(
            ExerciseReport(
                name,
                tuple(
                    TestReport(test.id, test.title, test.points, 0.0, "missing", reason)
                    for test in self._examiner.tests_of(name)
                ),
            )
            for name in self._examiner.exercises()
        )

    def _exercise(
        self, name: str, outcomes: Outcomes, sitting: Sitting, footing: Footing
    ) -> ExerciseReport:
        """Judge one exercise, on top of earlier ones."""
        failed = {test: outcome for test, outcome in outcomes.items() if not outcome.passed}
        answered = {t: o for t, o in failed.items() if status_of(o) in {"failed", "error"}}
        mistakes = self._explainer.mistakes_behind(answered, sitting)
        forgiven = self._forgiven(failed, sitting, footing)
        reports = [
            _forgiven(test) if test in forgiven else self._test(test, outcome, mistakes, sitting)
            for test, outcome in outcomes.items()
        ]
        return ExerciseReport(name, tuple(reports))

    def _forgiven(self, failed: Outcomes, sitting: Sitting, footing: Footing) -> set[HiddenTest]:
        """The failed tests in which nothing is wrong but what was wrong before."""
        judged = {t: o for t, o in failed.items() if status_of(o) in JUDGED}
        forgiven, others = set[HiddenTest](), judged
        for names in footing.helpers:
            forgiven |= self._forgiver.right_on_right_helpers(others, sitting, names)
            others = {t: o for t, o in judged.items() if t not in forgiven}
        return forgiven | {t for t, o in others.items() if self._follows(t, o, sitting, footing)}

    def _follows(
        self, test: HiddenTest, outcome: Outcome, sitting: Sitting, footing: Footing
    ) -> bool:
        """Whether the answers are right on top of functions that are wrong."""
        names, forgiver = footing.names, self._forgiver
        return (
            forgiver.is_right_for_its_forward(test, outcome, sitting, names)
            or forgiver.is_follow_on(test, outcome, sitting, names)
        ) and footing.holds()

    def _test(
        self,
        test: HiddenTest,
        outcome: Outcome,
        mistakes: Mapping[HiddenTest, Mistake],
        sitting: Sitting,
    ) -> TestReport:
        earned = test.points if outcome.passed else 0.0
        mistake = mistakes.get(test)
        name, hint = (mistake.name, mistake.hint) if mistake else (None, "")
        message = self._message(test, outcome, sitting)
        status = status_of(outcome)
        printed = "".join(call.answer.printed for call in outcome.calls)[:MAX_PRINTED]
        return TestReport(
            test.id, test.title, test.points, earned, status, message, name, hint, printed
        )

    def _message(self, test: HiddenTest, outcome: Outcome, sitting: Sitting) -> str:
        if outcome.passed or is_verdict(outcome):
            return message_for(test.exercise, outcome)
        # The test's own code stumbled: over the student's answer, if the reference passes it.
        right = self._explainer.reference_outcome(test, sitting)
        ours = isinstance(outcome.error, WorkerFailed) or not right.passed
        if ours or not outcome.calls:
            raise SuiteError(f"{test.exercise}, {test.id}: {outcome.error!r}") from outcome.error
        return form_message(test.exercise, outcome, right)


def _forgiven(test: HiddenTest) -> TestReport:
    return TestReport(test.id, test.title, test.points, test.points, "follow-on", FOLLOW_ON)


FOLLOW_ON = (
    "What is wrong here comes from an earlier function of yours, which lost its own points there. "
    "Apart from that yours is right, so you get these points."
)
