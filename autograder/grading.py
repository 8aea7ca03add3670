"""Grades one submission: its cells and calls run in the sandbox, the tests run here."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any, Self

from autograder.errors import CourseError
from autograder.judging import Judge
from autograder.layout import Assignment
from autograder.report import ExerciseReport, GradeReport, TestReport
from autograder.sandbox import Launcher, Limits
from autograder.seat import Seat
from autograder.secret import seed_of
from autograder.submission import Submission, points_in, read_submission, template_of
from autograder.suite.examiner import Examiner
from autograder.suite.explain import Explainer
from autograder.suite.forgive import Forgiver
from autograder.suite.mistakes import load_mistakes
from autograder.suite.plugin import Sitting

Exercises = tuple[ExerciseReport, ...]
Outputs = dict[int, list[dict[str, Any]]]


class Grader:
    """Grades submissions of one assignment, one after the other. Use it as a context manager."""

    def __init__(self, assignment: Assignment, launch: Launcher, limits: Limits) -> None:
        self.assignment = assignment
        self._launch = launch
        self._limits = limits
        self._examiner = Examiner(assignment)
        self._forgiver = Forgiver(Explainer(self._examiner, load_mistakes(assignment)))
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
            judge = Judge(self._forgiver, sitting)
            names = self._examiner.exercises()
            return tuple(judge.report(name, outcomes) for name in names), seat.outputs

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
