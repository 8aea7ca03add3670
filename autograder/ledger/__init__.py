"""Every report that was ever computed, kept in a database; nothing in it is changed or deleted."""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import IntegrityError

from autograder.errors import CourseError
from autograder.ledger.database import Database
from autograder.ledger.tables import ENTRIES, REPORTS, create
from autograder.report import GradeReport


@dataclass(frozen=True)
class Record:
    """A report as the ledger has it."""

    id: int
    key: str
    computed: str
    report: GradeReport


@dataclass(frozen=True)
class Entry:
    """That a report went into the gradebook, and what marks the page that was written then."""

    report: int
    key: str
    entered: str
    stamp: str


@functools.cache
def open_ledger(url: str) -> Ledger:
    """The ledger at a database URL; one for each process."""
    return Ledger(url)


class Ledger:
    """Reports by what they were computed from, and what of them went into the gradebook.

    A report is there as soon as `add` returns, whatever happens to the process afterwards.
    """

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        with self.database.connection() as connection:
            create(connection)

    def find(self, key: str) -> Record | None:
        """The newest report of this key."""
        return next(self._records(REPORTS.c.key == key, newest_first=True), None)

    def add(self, key: str, report: GradeReport, *, anew: bool = False) -> Record:
        """Keep a report; of two graders that computed the same the first one counts.

        With `anew` it takes the place of those of the same key, which stay.
        """
        with self.database.connection() as connection:
            earlier = sql.select(sql.func.count()).where(REPORTS.c.key == key)
            attempt = connection.execute(earlier).scalar_one() if anew else 0
            try:
                connection.execute(sql.insert(REPORTS).values(**_row(key, attempt, report)))
                connection.commit()
            except IntegrityError:
                connection.rollback()
        found = self.find(key)
        if found is None:
            raise CourseError(f"The ledger {self.database} is of another version of layerwise.")
        return found

    def has(self, key: str) -> bool:
        """Whether there is a report of this key."""
        with self.database.connection() as connection:
            found = connection.execute(sql.select(REPORTS.c.id).where(REPORTS.c.key == key))
            return found.first() is not None

    def history(self, student: str, assignment: str | None = None) -> Iterator[Record]:
        """All reports of a student, the oldest first."""
        wanted = REPORTS.c.student == student
        if assignment is not None:
            wanted &= REPORTS.c.assignment == assignment
        return self._records(wanted)

    def enter(self, record: Record, stamp: str) -> None:
        """Note that a report has gone into the gradebook."""
        names = {"assignment": record.report.assignment, "student": record.report.student}
        row = {"report": record.id, "entered": _now(), "stamp": stamp, **names}
        with self.database.connection() as connection:
            connection.execute(sql.insert(ENTRIES).values(**row))
            connection.commit()

    def entries(self, assignment: str, student: str | None = None) -> Iterator[tuple[str, Entry]]:
        """What went into the gradebook, with the student, the oldest first."""
        columns = (ENTRIES.c.student, REPORTS.c.id, REPORTS.c.key)
        query = sql.select(*columns, ENTRIES.c.entered, ENTRIES.c.stamp).join(REPORTS)
        query = query.where(ENTRIES.c.assignment == assignment).order_by(ENTRIES.c.id)
        if student is not None:
            query = query.where(ENTRIES.c.student == student)
        with self.database.connection() as connection:
            for row in connection.execution_options(yield_per=500).execute(query):
                yield row[0], Entry(*row[1:])

    def _records(self, wanted: Any, newest_first: bool = False) -> Iterator[Record]:
        columns = (REPORTS.c.id, REPORTS.c.key, REPORTS.c.computed, REPORTS.c.body)
        order = REPORTS.c.id.desc() if newest_first else REPORTS.c.id
        query = sql.select(*columns).where(wanted).order_by(order)
        with self.database.connection() as connection:
            for row in connection.execution_options(yield_per=100).execute(query):
                yield Record(row.id, row.key, row.computed, self._report(row.body))

    def _report(self, body: bytes) -> GradeReport:
        try:
            return GradeReport.from_json(json.loads(zlib.decompress(body)))
        except (zlib.error, ValueError, TypeError, KeyError):
            raise CourseError(f"The ledger {self.database} is damaged.") from None


def _row(key: str, attempt: int, report: GradeReport) -> dict[str, Any]:
    outputs = {str(position): shown for position, shown in report.outputs.items()}
    text = json.dumps({**report.to_json(), "outputs": outputs})
    return {
        "key": key,
        "attempt": attempt,
        "assignment": report.assignment,
        "student": report.student,
        "computed": _now(),
        "score": report.score,
        "max_score": report.max_score,
        "body": zlib.compress(text.encode("ascii")),
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
