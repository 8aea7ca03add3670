"""The database that holds a ledger: SQLite, or PostgreSQL by its URL."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import DataError, SQLAlchemyError

from autograder.errors import CourseError, StorageError

BUSY_SECONDS = 60
"""How long a grader waits for others to finish writing."""


class Database:
    """Connections to one database; what fails is one line, without the password."""

    def __init__(self, url: str) -> None:
        self._owner = os.getpid()
        self._file: int | None = None
        self.url = _parsed(url)
        try:
            self._engine = sql.create_engine(self.url, **_options(self.url))
        except (SQLAlchemyError, ImportError) as error:
            raise CourseError(f"The ledger {self} can't be used: {error}.") from None
        sql.event.listen(self._engine, "connect", _prepare)

    def __str__(self) -> str:
        # A password may also stand behind a question mark.
        return self.url.set(query={}).render_as_string(hide_password=True)

    @contextmanager
    def connection(self) -> Iterator[sql.Connection]:
        """A connection for a while."""
        if self._owner != os.getpid():  # a connection must not be shared between processes
            self._engine.dispose(close=False)
            self._owner = os.getpid()
        self._require_same_file()
        try:
            with self._engine.connect() as connection:
                self._file = self._file or self._file_now()
                yield connection
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            kind = CourseError if isinstance(error, DataError) else StorageError
            raise kind(f"The ledger {self} failed: {reason}.") from None

    def _require_same_file(self) -> None:
        """SQLite goes on writing to a file that somebody has deleted, and all would be lost."""
        if self._file is not None and self._file_now() != self._file:
            raise StorageError(f"The ledger {self} was deleted or replaced meanwhile.")

    def _file_now(self) -> int | None:
        """The number that the file system gives SQLite's file, if there is one."""
        if self.url.get_backend_name() == "sqlite":
            with suppress(FileNotFoundError):
                return os.stat(self.url.database or "").st_ino
        return None


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


def _parsed(url: str) -> sql.URL:
    """A database URL, taken apart; what is wrong with one is not quoted: it may be the password."""
    try:
        parsed = sql.make_url(url)
    except (SQLAlchemyError, ValueError):
        parsed = None
    if parsed is None or "@" in (parsed.host or ""):
        raise CourseError(
            "The url of the ledger in layerwise.toml is none. It looks like sqlite:///FILE or "
            "postgresql+psycopg2://USER:PASSWORD@HOST/DATABASE; an @ in a password is written %40."
        )
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise CourseError("The url of the ledger in layerwise.toml names no file.")
    return parsed
