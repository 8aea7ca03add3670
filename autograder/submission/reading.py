"""Reads the bytes that a student handed in: untrusted, so little is taken and much is refused."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.submission.markdown import pictures

CELL_LIMIT = 5_000
TEXT_LIMIT = 1 << 20
"""Characters of all sources together: what comes after us takes long over more."""

PART_LIMIT = 1_000_000
"""Lists and dicts: the parser makes two hundred bytes of one that has two in the file."""

CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
"""Control characters, and those that nobody sees or that turn the order of others round."""


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
    raw = _parsed(content)
    cells = _raw_cells(raw) if isinstance(raw, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("The file that was handed in is not a Jupyter notebook.")
    if len(cells) > CELL_LIMIT:
        raise Unreadable(f"The notebook has {len(cells)} cells; at most {CELL_LIMIT} are accepted.")
    taken = [_cell(cell) for cell in cells if isinstance(cell, dict)]
    if sum(len(cell.source) for cell in taken) > TEXT_LIMIT:
        raise Unreadable(
            f"The cells of the notebook hold more than {TEXT_LIMIT} characters of code and text. "
            "Remove what was pasted into them, then hand it in again."
        )
    return taken


def _parsed(content: bytes) -> object:
    if content.count(b"[") + content.count(b"{") > PART_LIMIT:
        raise Unreadable(
            "The notebook is made of too many parts. Clear its outputs, then hand it in again."
        )
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            "The file that was handed in is not a notebook (it is not valid JSON). "
            "Download it again with File → Download and hand that in."
        ) from error


def _raw_cells(raw: dict[str, Any]) -> object:
    """The cells as they stand there; in format 3 they lie in worksheets."""
    if "worksheets" not in raw:
        return raw.get("cells")
    sheets = raw["worksheets"]
    if not isinstance(sheets, list) or not all(isinstance(sheet, dict) for sheet in sheets):
        raise Unreadable("The notebook has an old format that can't be converted.")
    lists = (sheet.get("cells") for sheet in sheets)
    return [cell for cells in lists if isinstance(cells, list) for cell in cells]


def _cell(raw: dict[str, Any]) -> SubmittedCell:
    source = raw.get("source", raw.get("input", ""))  # input: code of format 3
    lines = source if isinstance(source, list) else [source]
    metadata = raw.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    kind = "code" if raw.get("cell_type") == "code" else "markdown"
    text = _clean("".join(map(_text, lines)))
    attached = pictures(raw.get("attachments"))
    return SubmittedCell(kind, text, _text(raw.get("id")), _text(name), attached)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """Without lone surrogates, which no file can hold, and characters that are not to be seen."""
    return CONTROL.sub("", text.encode("utf-8", "replace").decode("utf-8"))
