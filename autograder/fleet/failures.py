"""Tells who failed, so that it can be read for a large class, too."""

from __future__ import annotations

from collections import defaultdict

Failures = dict[str, str]
"""The reason of each student who could not be done."""


def told(failures: Failures) -> str:
    """One line for each reason, with all students whom it concerns; the commonest one first."""
    students = defaultdict(list)
    for student, reason in sorted(failures.items()):
        students[reason].append(student if student.isprintable() else ascii(student))
    lines = [
        f"{', '.join(names)}: {reason}"
        for reason, names in sorted(students.items(), key=lambda item: -len(item[1]))
    ]
    if len(lines) == 1:
        return lines[0]
    return f"{len(failures)} students." + "".join(f"\n  {line}" for line in lines)
