"""What the processes of a batch do for one student; they are trusted, and run no student's code.

A CourseError concerns this student, unless it is a StorageError; that, a SuiteError or a
SandboxUnavailable would stop every grading.
"""

from __future__ import annotations

from autograder.bridge import commands
from autograder.errors import CourseError, SuiteError
from autograder.fleet.plan import Plan, Standing, stamp
from autograder.fleet.turns import turn
from autograder.graders import grader_for
from autograder.sandbox import WorkerFailed


def compute(plan: Plan, student: str) -> None:
    """See to it that the ledger has the student's report."""
    grader = grader_for(plan.assignment, plan.unprotected)
    submission = grader.read(plan.handed_in(student), student)
    try:
        plan.books.recorded(grader, submission, anew=plan.anew)
    except (SuiteError, WorkerFailed) as problem:
        raise CourseError(f"grading failed: {problem}") from problem


def enter(plan: Plan, student: str) -> None:
    """See to it that gradebook and autograded notebook are as the student's report wants them."""
    assignment = plan.assignment
    plan.handed_in(student)  # says it, where there is none, in better words than nbgrader
    grader_for(assignment, plan.unprotected)  # what would stop every grading stops here
    with turn(plan, student) as waited:
        standing = Standing(plan, student)
        if waited and not plan.anew and standing.is_entered(student):
            return  # by another grader, just now
        compute(plan, student)  # what nbgrader meets with is one student's, and the ledger is not
        commands.autograde(assignment, student, plan.config)
        record = standing.record(student)
        if record is not None:  # else it was handed in again just now
            standing.books.ledger.enter(record, stamp(plan, student))


def write_feedback(plan: Plan, student: str) -> None:
    """Write the student's feedback page."""
    commands.feedback(plan.assignment, student, plan.config)
