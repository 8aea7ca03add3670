"""Takes a report from the ledger, or computes it and keeps it there at once."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.environment import environment_of, key_of, suite_of
from autograder.grading import Grader
from autograder.layout import Assignment
from autograder.ledger import Ledger, Record, open_ledger
from autograder.secret import seed_of
from autograder.settings import ledger_url, read_limits
from autograder.submission import Submission


@dataclass(frozen=True)
class Books:
    """The ledger of a course, and under which keys it has the reports of one assignment."""

    assignment: Assignment
    ledger: Ledger
    suite: str
    environment: str

    def key(self, student: str, submission: str) -> str:
        """The key of a student's report; `submission` is the hash of what was handed in."""
        seed = seed_of(self.assignment, student)
        return key_of(submission, self.suite, self.environment, seed)

    def recorded(self, grader: Grader, submission: Submission, *, anew: bool = False) -> Record:
        """The report of a submission; if there is none yet, or `anew`, it is computed."""
        key = self.key(submission.student, submission.sha256)
        known = None if anew else self.ledger.find(key)
        return known or self.ledger.add(key, grader.grade(submission), anew=anew)


def books_of(assignment: Assignment, *, unprotected: bool = False, url: str = "") -> Books:
    """Open the books; the ledger is the course's, unless another one is named."""
    course = assignment.course
    environment = environment_of(read_limits(course), unprotected)
    ledger = open_ledger(url or ledger_url(course))
    return Books(assignment, ledger, suite_of(assignment), environment)
