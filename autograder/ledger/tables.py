"""The tables of the ledger."""

from __future__ import annotations

import sqlalchemy as sql
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.schema import CreateIndex, CreateTable

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


def create(connection: sql.Connection) -> None:
    """Make those that are not there yet."""
    for table in TABLES.sorted_tables:
        try:
            _create(connection, table)
        except (IntegrityError, ProgrammingError):
            # PostgreSQL says one or the other where another grader makes the table just now; what
            # it makes is there, once the complaint is.
            connection.rollback()
            _create(connection, table)


def _create(connection: sql.Connection, table: sql.Table) -> None:
    connection.execute(CreateTable(table, if_not_exists=True))
    for index in table.indexes:
        connection.execute(CreateIndex(index, if_not_exists=True))
    connection.commit()
