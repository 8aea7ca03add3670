"""Reads the course's settings: `layerwise.toml` in its folder, where one is wanted."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from autograder.errors import CourseError
from autograder.layout import Course, read_text
from autograder.sandbox import Limits

NAME = "layerwise.toml"
TABLES = {"limits", "ledger"}
LEAST = {"memory": 256 << 20, "open_files": 32}
"""With less, Python itself would not start."""

MOST = 1e18
"""Systems count no further."""


def read_limits(course: Course) -> Limits:
    """The defaults, changed by the table `[limits]` of the course's `layerwise.toml`."""
    path = course.root / NAME
    wanted = _table(path, "limits")
    known: dict[str, float] = {field.name: getattr(Limits, field.name) for field in fields(Limits)}
    for name in wanted:
        if name not in known:
            raise CourseError(f"{path}: unknown limit “{name}” (known: {', '.join(known)}).")
    return Limits(**{n: _checked(path, n, value, known[n]) for n, value in wanted.items()})


def ledger_url(course: Course) -> str:
    """Where reports are kept: `url` of the table `[ledger]`, or a file in the course folder."""
    path = course.root / NAME
    table = _table(path, "ledger")
    url = table.pop("url", f"sqlite:///{course.root / 'ledger.db'}")
    if table or not isinstance(url, str):
        raise CourseError(f"{path}: below “[ledger]” stands one line, “url = …”.")
    driver, mark, place = url.partition(":///")
    if mark and driver.partition("+")[0] == "sqlite":  # a relative path is one of the course's
        return f"{driver}{mark}{course.root / place}"
    return url


def _table(path: Path, name: str) -> dict[str, Any]:
    """One table of the file; the file may hold those that are known, and nothing else."""
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(read_text(path))
    except ValueError as error:  # also a number of too many digits
        raise CourseError(f"{path}: {error}.") from error
    if not tables.keys() <= TABLES or not all(isinstance(t, dict) for t in tables.values()):
        raise CourseError(f"{path}: settings stand below a line “[limits]” or “[ledger]”.")
    table: dict[str, Any] = tables.get(name, {})
    return table


def _checked(path: Path, name: str, value: object, default: float) -> Any:
    """The value, as a number of the default's type; a CourseError if it can't be one."""
    if not isinstance(value, int | float) or type(value) is bool or not value > 0:
        raise CourseError(f"{path}: the limit “{name}” must be a positive number.")
    if value > MOST:
        raise CourseError(f"{path}: the limit “{name}” must be at most {MOST:g}.")
    if value < LEAST.get(name, 0):
        raise CourseError(f"{path}: the limit “{name}” must be at least {LEAST[name]}.")
    kind = type(default)
    if kind(value) != value:
        raise CourseError(f"{path}: the limit “{name}” must be a positive whole number.")
    return kind(value)
