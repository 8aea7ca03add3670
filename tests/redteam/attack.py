"""An attack as a file: a docstring with its expectations, and the cells of a notebook."""

import ast
import copy
import re
from dataclasses import dataclass
from pathlib import Path

from nbformat.v4 import new_code_cell

from autograder.submission import grade_id

FOLDER = Path(__file__).parent / "attacks"
CELL = re.compile(r"^# %% ?(\w*)\n", re.M)
LINE = re.compile(r"^([a-z]+): (.*)$", re.M)
KEYS = {"expect", "aims", "costs", "seconds"}


@dataclass(frozen=True)
class Attack:
    """What is tried, and what may come of it.

    `expect` are the statuses that the tests of the exercise it aims at may have, `costs` the
    other exercises that it may lose points in.
    """

    name: str
    expect: frozenset[str]
    aims: str
    costs: frozenset[str]
    seconds: float
    cells: tuple[tuple[str, str], ...]

    def notebook(self, release, right):
        """The release with right answers, and the attack's cells in place of them or added."""
        notebook = copy.deepcopy(release)
        own = {**right, **{name: source for name, source in self.cells if name}}
        for cell in notebook.cells:
            cell.source = own.get(grade_id(cell), cell.source).strip()
        position = 2
        for i, (name, source) in enumerate(self.cells):
            if name:
                position = _position(notebook, name) + 1
            else:
                notebook.cells.insert(position, new_code_cell(source.strip(), id=f"added-{i}"))
                position += 1
        return notebook


def read(path, places):
    """Read an attack; `places` are what it is told about the machine, by placeholder."""
    text = path.read_text(encoding="utf-8")
    for placeholder, value in places.items():
        text = text.replace(placeholder, str(value))
    said = ast.get_docstring(ast.parse(text)) or ""
    known = dict(LINE.findall(said))
    assert set(known) <= KEYS, f"{path.name}: {known}"
    start, *parts = CELL.split(text)
    cells = list(zip(parts[::2], parts[1::2], strict=True)) or [("linear_forward", start)]
    return Attack(
        path.stem,
        _names(known["expect"]),
        known.get("aims", "linear_forward"),
        _names(known.get("costs", "")),
        float(known.get("seconds", 8)),
        tuple(cells),
    )


def _names(text):
    return frozenset(re.findall(r"[\w-]+", text))


def _position(notebook, name):
    return next(i for i, cell in enumerate(notebook.cells) if grade_id(cell) == name)
