"""Compares runs of one test: are the answers alike, does a mistake show in them?"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.suite.calls import Answer, StudentError
from autograder.suite.examiner import Outcome
from autograder.suite.values import ALIKE, same


def answers(exercise: str, outcome: Outcome) -> list[Answer]:
    """All that the exercise's own function answered."""
    return [call.answer for call in outcome.calls if call.function == exercise]


def alike(exercise: str, outcome: Outcome, *reruns: Outcome) -> bool:
    """Whether a run of a test gave the same answers as others, every part as one of these."""
    mine = answers(exercise, outcome)
    theirs = [answers(exercise, rerun) for rerun in reruns]
    rows = zip(mine, *theirs, strict=False)
    enough = 0 < len(mine) <= min(map(len, theirs))
    return enough and all(same_answer(answer, *others) for answer, *others in rows)


def same_answer(a: Answer, *others: Answer) -> bool:
    """Whether an answer is, part by part, that of one of the others."""
    if a.error is not None:
        return any(b.error is not None and _said(a.error) == _said(b.error) for b in others)
    returned = [b for b in others if b.error is None]
    values, after = [b.value for b in returned], _plain(a.after)
    return _in_parts(a.value, values) and any(same(after, _plain(b.after), ALIKE) for b in returned)


def _said(error: StudentError) -> str:
    """What an exception says; a test's own function raises it inside another in a sandbox."""
    return str(error).removeprefix("CallbackFailed: ")


def _in_parts(value: Any, others: list[Any]) -> bool:
    """Whether every part is that of one of the others, if all are of as many parts."""
    if isinstance(value, list | tuple):
        rows = [o for o in others if isinstance(o, list | tuple) and len(o) == len(value)]
        parts = list(zip(*rows, strict=True)) if rows else []
        if len(parts) == len(value):
            return all(
                any(same(v, o, ALIKE) for o in part) for v, part in zip(value, parts, strict=True)
            )
    return any(same(value, other, ALIKE) for other in others)


def shows(mine: Answer, wrong: Answer, right: Answer) -> bool | None:
    """Whether the mistake shows in this answer as in the student's; None: it does not show."""
    if any(answer.error is not None for answer in (mine, wrong, right)):
        return same_answer(mine, wrong)
    after, wrong_after, right_after = (_plain(a.after) for a in (mine, wrong, right))
    verdicts = {
        _part_shows(mine.value, wrong.value, right.value),
        _part_shows(after, wrong_after, right_after, 0.0),
    }
    if verdicts == {None}:  # then it may show in what was done to get there
        return _part_shows(mine.asked, wrong.asked, right.asked)
    return False not in verdicts


def _part_shows(mine: Any, wrong: Any, right: Any, tol: float = ALIKE) -> bool | None:
    """Whether a part that the mistake changes by more than `tol` is the student's as well."""
    if same(wrong, right, tol):
        return None
    parts = _parts(mine, wrong, right)
    if parts is None:
        return same(mine, wrong, ALIKE)
    verdicts = {_part_shows(*part, tol) for part in parts}
    return False not in verdicts


def _parts(mine: Any, wrong: Any, right: Any) -> list[tuple[Any, Any, Any]] | None:
    """Corresponding parts of three answers of the same form.

    An array is taken apart like a list if both others are lists: then its form is not the mistake.
    """
    if isinstance(mine, np.ndarray) and isinstance(wrong, list) and isinstance(right, list):
        mine = mine.tolist()
    values = (mine, wrong, right)
    if all(isinstance(v, dict) for v in values) and mine.keys() == wrong.keys() == right.keys():
        return [(mine[key], wrong[key], right[key]) for key in mine]
    is_sequence = all(isinstance(v, list | tuple) for v in values)
    if is_sequence and len(mine) == len(wrong) == len(right):
        return list(zip(mine, wrong, right, strict=True))
    return None


def _plain(after: object) -> object:
    """Without callables and caches, of which there is nothing to compare."""
    if isinstance(after, list | tuple):
        return [_plain(item) for item in after]
    if isinstance(after, dict):
        return {key: _plain(item) for key, item in after.items()}
    return after if isinstance(after, np.ndarray | int | float | str | bool) else None


def as_alive(mine: object, right: object) -> bool:
    """Whether no array of an answer is all zero where the right one is not."""
    if isinstance(mine, list | tuple) and isinstance(right, list | tuple):
        return all(as_alive(a, b) for a, b in zip(mine, right, strict=False))
    if isinstance(mine, np.ndarray) and isinstance(right, np.ndarray):
        return bool(np.any(mine)) or not np.any(right)
    return True
