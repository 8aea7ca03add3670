"""What the processes of a batch do for one student; they are trusted, and run no student's code.

A CourseError concerns this student; a SuiteError or SandboxUnavailable would stop every grading.
"""

from __future__ import annotations

from autograder.bridge import commands
from autograder.errors import CourseError, SuiteError
from autograder.fleet.plan import Plan, stamp
from autograder.fleet.turns import turn
from autograder.graders import grader_for
from autograder.sandbox import WorkerFailed
from autograder.settings import read_limits
from autograder.submission import fingerprint


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
        if waited and not plan.anew and _is_entered(plan, student):
            return
        if plan.anew:
            compute(plan, student)
        commands.autograde(assignment, student, plan.config)
        record = plan.books.ledger.find(_key(plan, student))
        if record is not None:  # else it was handed in again just now
            plan.books.ledger.enter(record, stamp(plan, student))


def _is_entered(plan: Plan, student: str) -> bool:
    """Whether another grader has entered it."""
    *_, last = [None, *(entry for _, entry in plan.books.ledger.entries(plan.name, student))]
    wanted = _key(plan, student), stamp(plan, student)
    return last is not None and (last.key, last.stamp) == wanted


def _key(plan: Plan, student: str) -> str:
    """The key of the report that the student should have."""
    limit = read_limits(plan.assignment.course).notebook_size
    return plan.books.key(student, fingerprint(plan.handed_in(student), limit))


def write_feedback(plan: Plan, student: str) -> None:
    """Write the student's feedback page."""
    commands.feedback(plan.assignment, student, plan.config)
