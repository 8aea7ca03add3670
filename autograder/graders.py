"""One grader per assignment and process, kept for the next submission."""

from __future__ import annotations

import atexit
from functools import cache

from autograder.grading import Grader
from autograder.layout import Assignment
from autograder.limits import read_limits
from autograder.sandbox import launcher


@cache
def grader_for(assignment: Assignment, unprotected: bool = False) -> Grader:
    """The grader of an assignment, with the course's limits, ready to grade."""
    launch = launcher(unprotected=unprotected)
    grader = Grader(assignment, launch, read_limits(assignment.course)).__enter__()
    atexit.register(grader.__exit__, None, None, None)
    return grader
