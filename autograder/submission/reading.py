"""Reads the bytes that a student handed in: untrusted, so little is taken and much is refused."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from autograder.submission.markdown import pictures

CELL_LIMIT = 5_000


class Unreadable(Exception):
    """A submission can't be read as a notebook of this assignment; the message says why."""


@dataclass(frozen=True)
class SubmittedCell:
    """All that is looked at of a submitted cell."""

    type: str
    source: str
    id: str
    grade_id: str
    pictures: dict[str, dict[str, str]]


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of a file that was handed in, if it is one and not too large."""
    if path.is_symlink() or not path.is_file():
        raise Unreadable("What was handed in is not a file.")
    try:
        return _not_too_large(path, limit)
    except OSError as error:
        raise Unreadable(f"The file that was handed in can't be opened: {error}.") from error


def _not_too_large(path: Path, limit: int) -> bytes:
    size = path.stat().st_size
    if size > limit:
        raise Unreadable(
            f"The notebook has {size / 2**20:.0f} MB; at most {limit / 2**20:.0f} MB are accepted. "
            "Clear its outputs and remove attachments, then hand it in again."
        )
    if size == 0:
        raise Unreadable("The file that was handed in is empty.")
    return path.read_bytes()


def read_cells(content: bytes) -> list[SubmittedCell]:
    """The cells of a notebook, reduced to what is looked at."""
    try:
        raw = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            "The file that was handed in is not a notebook (it is not valid JSON). "
            "Download it again with File → Download and hand that in."
        ) from error
    cells = _upgraded(raw).get("cells") if isinstance(raw, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("The file that was handed in is not a Jupyter notebook.")
    if len(cells) > CELL_LIMIT:
        raise Unreadable(f"The notebook has {len(cells)} cells; at most {CELL_LIMIT} are accepted.")
    return [_cell(cell) for cell in cells if isinstance(cell, dict)]


def _upgraded(raw: dict[str, Any]) -> dict[str, Any]:
    """Bring a notebook of format 3 to format 4; nothing else is converted."""
    if "worksheets" not in raw:
        return raw
    try:
        return dict(nbformat.convert(nbformat.from_dict(raw), 4))
    except Exception as error:
        raise Unreadable("The notebook has an old format that can't be converted.") from error


def _cell(raw: dict[str, Any]) -> SubmittedCell:
    source = raw.get("source", "")
    lines = source if isinstance(source, list) else [source]
    metadata = raw.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    text = "".join(line for line in lines if isinstance(line, str))
    kind = "code" if raw.get("cell_type") == "code" else "markdown"
    attached = pictures(raw.get("attachments"))
    return SubmittedCell(kind, _clean(text), str(raw.get("id", "")), str(name or ""), attached)


def _clean(text: str) -> str:
    """Without lone surrogates and control characters, which no file format of ours can hold."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)
