"""What a node of a cluster does: prove that it may take part, and compute one report at a time."""

from __future__ import annotations

import functools
import logging
import socket
import threading
from dataclasses import dataclass

from autograder.environment import environment_of, suite_of
from autograder.errors import CourseError, SuiteError
from autograder.fleet.plan import Plan
from autograder.fleet.pool import Task
from autograder.graders import grader_for
from autograder.ledger import open_ledger
from autograder.sandbox import Limits, SandboxUnavailable, launcher, proofs
from autograder.settings import ledger_url, read_limits

TURN = threading.Lock()
"""A grader is for one submission at a time, and a node may have several threads."""

log = logging.getLogger("distributed.worker.layerwise")


@dataclass(frozen=True)
class Terms:
    """What a node must see and have to take part."""

    plan: Plan
    host: str
    suite: str
    environment: str

    @staticmethod
    def of(plan: Plan) -> Terms:
        """As it is on this machine."""
        assignment = plan.assignment
        environment = environment_of(read_limits(assignment.course), plan.unprotected)
        return Terms(plan, socket.gethostname(), suite_of(assignment), environment)


def refusal(terms: Terms) -> str:
    """Why this node may not take part, or nothing."""
    with TURN:
        try:
            _require_same(terms)
            _require_isolation(terms.plan)
        except SandboxUnavailable as problem:
            return f"student code can't be isolated there ({_short(problem)}). {DOCTOR}"
        except (CourseError, SuiteError) as problem:
            return _short(problem)
    return ""


def perform(task: Task, plan: Plan, student: str) -> str | None:
    """Do the task; if it can't be done, the sentence that says so has nothing of the student's."""
    with TURN:
        try:
            task(plan, student)
        except CourseError as problem:
            return _failed(problem.__cause__) if problem.__cause__ else str(problem)
        except Exception as problem:
            return _failed(problem)
    return None


DOCTOR = "“layerwise doctor” on that machine shows more."
MAX_CHARACTERS = 300


def _short(problem: Exception) -> str:
    return " ".join(str(problem).split())[:MAX_CHARACTERS]


def _failed(problem: BaseException) -> str:
    log.error("grading failed", exc_info=problem)
    kind, node = type(problem).__name__, socket.gethostname()
    return f"grading failed on {node} ({kind}); its log says more, and so does grading here."


def _require_same(terms: Terms) -> None:
    own = Terms.of(terms.plan)
    if own.suite != terms.suite:
        raise CourseError("it has another version of the course or of layerwise.")
    if own.environment != terms.environment:
        raise CourseError("it has another version of Python or NumPy, or other limits.")
    ledger = ledger_url(terms.plan.assignment.course)
    if own.host != terms.host and ledger.startswith("sqlite"):
        raise CourseError(
            "it is another machine, and a ledger in SQLite can't be shared: set the url of a "
            "PostgreSQL database in layerwise.toml."
        )
    open_ledger(ledger)


def _require_isolation(plan: Plan) -> None:
    """What `layerwise doctor` shows must hold; a new grader looks for what it should not find."""
    grader_for(plan.assignment, plan.unprotected)
    broken = [] if plan.unprotected else _broken(read_limits(plan.assignment.course))
    if broken:
        raise SandboxUnavailable(f"these limits do not hold: {', '.join(broken)}.")


@functools.cache
def _broken(wanted: Limits) -> list[str]:
    return [proof.limit for proof in proofs.limits(launcher(), wanted) if not proof.holds]
