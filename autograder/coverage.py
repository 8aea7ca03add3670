"""Shows which exercises grade each topic of the lecture, as a page made of a list of topics."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import CourseError
from autograder.layout import Course, read_text
from autograder.suite.examiner import Examiner

Topics = dict[str, dict[str, list[str]]]
"""Names of exercises, by heading and topic."""

TOPICS = "docs/coverage.toml"
ABOUT = """\
# What the course covers

Every heading of the lecture, topic by topic, with the exercises that grade it, and their points.
`layerwise build` makes this page from `coverage.toml` and the hidden suites, and refuses a topic
without an exercise; `make test` checks that it is up to date.

| lecture | topic | graded by |
|---|---|---|
"""
BEYOND = """
## Beyond the lecture

Exercises that no heading of the lecture asks for, and that the others need:
"""


@dataclass(frozen=True)
class Graded:
    """An exercise, where it is, and what it is worth."""

    name: str
    assignment: str
    points: float

    @property
    def entry(self) -> str:
        """As the table has it: a link to its hidden tests."""
        where = f"../tests/hidden/{self.assignment}/test_{self.name}.py"
        return f"[`{self.name}`]({where}) ({self.assignment}, {self.points:g})"


def build(course: Course) -> list[Path]:
    """Write the page, if the course has one; return the files that changed."""
    outdated = _outdated(course)
    for path, text in outdated.items():
        path.write_text(text, encoding="utf-8")
    return list(outdated)


def stale(course: Course) -> list[Path]:
    """Files that `build` would change."""
    return list(_outdated(course))


def _outdated(course: Course) -> dict[Path, str]:
    path = _source(course).with_suffix(".md")
    if not _source(course).exists():
        return {}
    text = page(course)
    return {} if path.exists() and read_text(path) == text else {path: text}


def page(course: Course) -> str:
    """The page's text; a topic without an exercise, or an unknown exercise, is a CourseError."""
    topics, known = _topics(_source(course)), {g.name: g for g in _graded(course)}
    named = {name for rows in topics.values() for names in rows.values() for name in names}
    if unknown := sorted(named - known.keys()):
        raise CourseError(f"{_source(course)}: no exercise is called {', '.join(unknown)}.")
    beyond = [graded.entry for name, graded in known.items() if name not in named]
    return ABOUT + "\n".join(_rows(topics, known)) + "\n" + _rest(beyond)


def _source(course: Course) -> Path:
    return course.root / TOPICS


def _topics(path: Path) -> Topics:
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path}: {error}.") from error


def _graded(course: Course) -> Iterator[Graded]:
    for assignment in map(course.assignment, course.assignments):
        with Examiner(assignment) as examiner:
            for name, points in examiner.points().items():
                yield Graded(name, assignment.name, points)


def _rows(topics: Topics, known: dict[str, Graded]) -> Iterator[str]:
    for heading, rows in topics.items():
        for i, (topic, names) in enumerate(rows.items()):
            if not names:
                raise CourseError(f"{TOPICS}: no exercise grades “{topic}”.")
            entries = ", ".join(known[name].entry for name in names)
            yield f"| {'' if i else heading} | {topic} | {entries} |"


def _rest(entries: list[str]) -> str:
    return f"{BEYOND}{', '.join(entries)}.\n" if entries else ""
