"""Reads the course's limits: `layerwise.toml` in its folder, where one is wanted."""

from __future__ import annotations

import math
import tomllib
from dataclasses import fields

from autograder.errors import CourseError
from autograder.layout import Course, read_text
from autograder.sandbox import Limits

NAME = "layerwise.toml"


def read_limits(course: Course) -> Limits:
    """The defaults, changed by the table `[limits]` of the course's `layerwise.toml`."""
    path = course.root / NAME
    if not path.exists():
        return Limits()
    try:
        tables = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path}: {error}.") from error
    wanted = tables.pop("limits", {})
    if tables or not isinstance(wanted, dict):
        raise CourseError(f"{path}: write the limits below a line “[limits]”, and nothing else.")
    known: dict[str, float] = {field.name: getattr(Limits, field.name) for field in fields(Limits)}
    for name, value in wanted.items():
        if name not in known:
            raise CourseError(f"{path}: unknown limit “{name}” (known: {', '.join(known)}).")
        if type(value) not in (int, float) or not 0 < value < math.inf:
            raise CourseError(f"{path}: the limit “{name}” must be a positive number.")
        kind = type(known[name])
        if kind(value) != value:
            raise CourseError(f"{path}: the limit “{name}” must be a positive whole number.")
        wanted[name] = kind(value)
    return Limits(**wanted)
