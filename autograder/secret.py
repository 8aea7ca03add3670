"""The course secret, from which the seeds of hidden tests are drawn."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from autograder.errors import CourseError
from autograder.layout import Assignment

NAME = ".course-secret"
LENGTH = 32


def seed_of(assignment: Assignment, student: str) -> str:
    """The seed of one student's exam, as hex digits: unknown to students, the same every time."""
    message = "\0".join([assignment.name, student])
    key = _secret(assignment.course.root / NAME)
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()[:32]


def _secret(path: Path) -> bytes:
    """Read the secret; the first one who needs it makes it."""
    if not path.exists():
        try:
            _make(path)
        except OSError as error:
            raise CourseError(f"{path} can't be written: {error.strerror}.") from None
    secret = path.read_bytes()
    if len(secret) < LENGTH:
        raise CourseError(
            f"{path} is damaged. Restore it from a backup; if there is none, delete it, and every "
            "student gets new inputs at the next grading."
        )
    return secret


def _make(path: Path) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=NAME) as file:
        file.write(secrets.token_hex(LENGTH))
        file.flush()
        # A link appears whole or not at all, also between two graders.
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)
