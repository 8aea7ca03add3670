"""Every report that was ever computed, kept in a database; nothing in it is changed or deleted."""

from __future__ import annotations

import functools
import json
import os
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from autograder.errors import CourseError
from autograder.report import GradeReport

BUSY_SECONDS = 60
"""How long a grader waits for others to finish writing."""

TABLES = sql.MetaData()
REPORTS = sql.Table(
    "reports",
    TABLES,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("key", sql.String(64), nullable=False),
    sql.Column("attempt", sql.Integer, nullable=False),
    sql.Column("assignment", sql.String, nullable=False),
    sql.Column("student", sql.String, nullable=False),
    sql.Column("computed", sql.String, nullable=False),
    sql.Column("score", sql.Float, nullable=False),
    sql.Column("max_score", sql.Float, nullable=False),
    sql.Column("body", sql.LargeBinary, nullable=False),
    sql.UniqueConstraint("key", "attempt"),
    sql.Index("reports_of", "student", "assignment"),
)
ENTRIES = sql.Table(
    "entries",
    TABLES,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("report", sql.ForeignKey("reports.id"), nullable=False),
    sql.Column("assignment", sql.String, nullable=False),
    sql.Column("student", sql.String, nullable=False),
    sql.Column("entered", sql.String, nullable=False),
    sql.Column("stamp", sql.String, nullable=False),
    sql.Index("entries_of", "assignment", "student"),
)


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
        self._owner = os.getpid()
        self.url = _parsed(url)
        try:
            self._engine = sql.create_engine(self.url, **_options(self.url))
        except (SQLAlchemyError, ImportError) as error:
            raise CourseError(f"The ledger {_shown(self.url)} can't be used: {error}.") from None
        sql.event.listen(self._engine, "connect", _prepare)
        with self._connection() as connection:
            _create_tables(connection)

    def find(self, key: str) -> Record | None:
        """The newest report of this key."""
        return next(self._records(REPORTS.c.key == key, newest_first=True), None)

    def add(self, key: str, report: GradeReport, *, anew: bool = False) -> Record:
        """Keep a report; of two graders that computed the same the first one counts.

        With `anew` it takes the place of those of the same key, which stay.
        """
        with self._connection() as connection:
            earlier = sql.select(sql.func.count()).where(REPORTS.c.key == key)
            attempt = connection.execute(earlier).scalar_one() if anew else 0
            try:
                connection.execute(sql.insert(REPORTS).values(**_row(key, attempt, report)))
                connection.commit()
            except IntegrityError:
                connection.rollback()
        found = self.find(key)
        assert found is not None
        return found

    def has(self, key: str) -> bool:
        """Whether there is a report of this key."""
        with self._connection() as connection:
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
        with self._connection() as connection:
            connection.execute(sql.insert(ENTRIES).values(**row))
            connection.commit()

    def entries(self, assignment: str, student: str | None = None) -> Iterator[tuple[str, Entry]]:
        """What went into the gradebook, with the student, the oldest first."""
        columns = (ENTRIES.c.student, REPORTS.c.id, REPORTS.c.key)
        query = sql.select(*columns, ENTRIES.c.entered, ENTRIES.c.stamp).join(REPORTS)
        query = query.where(ENTRIES.c.assignment == assignment).order_by(ENTRIES.c.id)
        if student is not None:
            query = query.where(ENTRIES.c.student == student)
        with self._connection() as connection:
            for row in connection.execution_options(yield_per=500).execute(query):
                yield row[0], Entry(*row[1:])

    def _records(self, wanted: Any, newest_first: bool = False) -> Iterator[Record]:
        columns = (REPORTS.c.id, REPORTS.c.key, REPORTS.c.computed, REPORTS.c.body)
        order = REPORTS.c.id.desc() if newest_first else REPORTS.c.id
        query = sql.select(*columns).where(wanted).order_by(order)
        with self._connection() as connection:
            for row in connection.execution_options(yield_per=100).execute(query):
                yield Record(row.id, row.key, row.computed, self._report(row.body))

    def _report(self, body: bytes) -> GradeReport:
        try:
            return GradeReport.from_json(json.loads(zlib.decompress(body)))
        except (zlib.error, ValueError, TypeError, KeyError):
            raise CourseError(f"The ledger {_shown(self.url)} is damaged.") from None

    @contextmanager
    def _connection(self) -> Iterator[sql.Connection]:
        if self._owner != os.getpid():  # a connection must not be shared between processes
            self._engine.dispose(close=False)
            self._owner = os.getpid()
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            raise CourseError(f"The ledger {_shown(self.url)} failed: {reason}.") from None


def _options(url: sql.URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": BUSY_SECONDS}}
    return {"pool_pre_ping": True}


def _prepare(connection: Any, _: object) -> None:
    """Let readers go on while somebody writes to SQLite."""
    if not type(connection).__module__.startswith("sqlite3"):
        return
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            # Where several start a ledger at once, SQLite itself does not wait.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _create_tables(connection: sql.Connection) -> None:
    for table in TABLES.sorted_tables:
        try:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))
            connection.commit()
        except IntegrityError:  # PostgreSQL, when another grader makes the table just now
            connection.rollback()


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


def _parsed(url: str) -> sql.URL:
    """A database URL, taken apart; what is wrong with one is not quoted: it may be the password."""
    try:
        parsed = sql.make_url(url)
    except (SQLAlchemyError, ValueError):
        parsed = None
    if parsed is None or "@" in (parsed.host or ""):
        raise CourseError(
            "The url of the ledger in layerwise.toml is none. It looks like "
            "postgresql://USER:PASSWORD@HOST/DATABASE; an @ in a password is written %40."
        )
    return parsed


def _shown(url: sql.URL) -> str:
    """A database URL without its password, which may also stand behind a question mark."""
    return url.set(query={}).render_as_string(hide_password=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
