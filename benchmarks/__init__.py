"""Benchmarks: what grading costs, beside stock nbgrader on the same notebooks."""
