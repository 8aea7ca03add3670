"""What hidden tests are written with, and what runs them."""

from autograder.suite.calls import StudentError
from autograder.suite.checks import entry, refuses, unchanged
from autograder.suite.comparison import agree, agrees, fail
from autograder.suite.plugin import points
from autograder.suite.statistics import (
    Normal,
    Uniform,
    follows,
    normal_shape,
    proportion,
    second_moment,
    uniform_shape,
)

__all__ = [
    "Normal",
    "StudentError",
    "Uniform",
    "agree",
    "agrees",
    "entry",
    "fail",
    "follows",
    "normal_shape",
    "points",
    "proportion",
    "refuses",
    "second_moment",
    "unchanged",
    "uniform_shape",
]
