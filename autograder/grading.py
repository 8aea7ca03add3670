"""Grades one submission: its cells and calls run in the sandbox, the tests run here."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any, Self

import nbformat
from nbformat import NotebookNode

from autograder.errors import CourseError, SuiteError
from autograder.layout import Assignment
from autograder.messages import form_message, is_stumble, message_for, status_of
from autograder.report import ExerciseReport, GradeReport, TestReport
from autograder.sandbox import Ending, Launcher, Limits
from autograder.seat import Seat
from autograder.secret import seed_of
from autograder.submission import Submission, read_submission
from autograder.suite.examiner import Examiner, HiddenTest, Outcome
from autograder.suite.explain import Explainer
from autograder.suite.mistakes import Mistake, load_mistakes
from autograder.suite.plugin import Sitting
from autograder.suite.student import StudentError

Exercises = tuple[ExerciseReport, ...]
Outputs = dict[int, list[dict[str, Any]]]


class Grader:
    """Grades submissions of one assignment, one after the other. Use it as a context manager."""

    def __init__(self, assignment: Assignment, launch: Launcher, limits: Limits) -> None:
        self.assignment = assignment
        self._launch = launch
        self._limits = limits
        self._examiner = Examiner(assignment)
        self._explainer = Explainer(self._examiner, load_mistakes(assignment))
        self._stack = contextlib.ExitStack()
        self.template = _template(assignment)

    def __enter__(self) -> Self:
        """Collect the hidden suite."""
        self._stack.enter_context(self._examiner)
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
            names = self._examiner.exercises()
            return tuple(self._exercise(name, sitting) for name in names), seat.outputs

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

    def _exercise(self, name: str, sitting: Sitting) -> ExerciseReport:
        tests = self._examiner.tests_of(name)
        outcomes = {test: self._examiner.run(test, sitting) for test in tests}
        failed = {test: outcome for test, outcome in outcomes.items() if not outcome.passed}
        mistakes = self._explainer.mistakes_behind(failed, sitting)
        reports = [self._test(test, outcomes[test], mistakes.get(test), sitting) for test in tests]
        return ExerciseReport(name, tuple(reports))

    def _test(
        self, test: HiddenTest, outcome: Outcome, mistake: Mistake | None, sitting: Sitting
    ) -> TestReport:
        status = status_of(outcome)
        message = self._message(test, outcome, sitting)
        if status == "failed" and self._explainer.is_follow_on(test, outcome, sitting):
            status = "follow-on"
            message = FOLLOW_ON
            mistake = None
        earned = test.points if status in {"passed", "follow-on"} else 0.0
        name, hint = (mistake.name, mistake.hint) if mistake else (None, "")
        return TestReport(test.id, test.title, test.points, earned, status, message, name, hint)

    def _message(self, test: HiddenTest, outcome: Outcome, sitting: Sitting) -> str:
        if outcome.error is None or isinstance(
            outcome.error, AssertionError | Ending | StudentError
        ):
            return message_for(test.exercise, outcome)
        right = self._explainer.reference_outcome(test, sitting)
        if is_stumble(outcome) and outcome.calls and right.passed:
            return form_message(test.exercise, outcome, right)
        raise SuiteError(f"{test.exercise}, {test.id}: {outcome.error!r}") from outcome.error


FOLLOW_ON = (
    "This follows from an earlier function of yours, which lost its own points there. "
    "On top of that function your answer is right, so you get these points."
)


def _template(assignment: Assignment) -> NotebookNode:
    if not assignment.notebook.exists():
        raise CourseError(f"{assignment.notebook} is missing: run “layerwise build” first.")
    return nbformat.read(assignment.notebook, as_version=4)
