"""A small class of made-up students, graded with stock nbgrader commands."""
