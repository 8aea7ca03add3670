"""What hidden tests are written with, and what runs them."""

from autograder.suite.checks import agree, entry, fail, refuses, unchanged
from autograder.suite.plugin import points
from autograder.suite.student import StudentError

__all__ = ["StudentError", "agree", "entry", "fail", "points", "refuses", "unchanged"]
