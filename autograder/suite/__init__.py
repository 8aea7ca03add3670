"""What hidden tests are written with, and what runs them."""

from autograder.suite.checks import agree, agrees, entry, fail, refuses, unchanged
from autograder.suite.plugin import points
from autograder.suite.student import StudentError

__all__ = ["StudentError", "agree", "agrees", "entry", "fail", "points", "refuses", "unchanged"]
