"""Fuzzes the reader of notebooks: python tests/fuzz/fuzz_notebook.py (atheris)."""

import copy
import json
import os
import random
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

NAMES = ["one", "two", "why", "intro", "one-tests"]
PIXEL = {"a.png": {"image/png": "iVBORw0KGgo="}}
KEYS = ["source", "input", "cells", "worksheets", "metadata", "nbgrader", "grade_id", "id"]
KEYS += ["cell_type", "attachments"]
TEXTS = ["code", "markdown", "![a](attachment:a.png)", "<script>", "\ud800", "\x00\x1b[31m", ""]
ODD = [None, True, -1, 1e308, 10**300, [], {}, [[]], {"": {}}, *NAMES, *KEYS, *TEXTS]


def marked(name, kind="code", **more):
    """One of the instructor's cells."""
    settings = {"grade": False, "solution": False, "locked": True, "schema_version": 3, **more}
    nbgrader = {"nbgrader": {"grade_id": name, **settings}}
    cell = {"cell_type": kind, "id": name, "metadata": nbgrader, "source": f"of {name}"}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


ANSWER = {"solution": True, "locked": False}
CELLS = [
    marked("intro", "markdown"),
    marked("one", **ANSWER),
    marked("one-tests", grade=True, points=1),
    marked("two", **ANSWER),
    marked("why", "markdown", **ANSWER),
]


def template():
    """The instructor's notebook."""
    from nbformat import from_dict

    return from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": CELLS})


def read(content):
    """Put the bytes into the instructor's frame; None if they are refused as they should be."""
    from autograder.submission.framing import framed
    from autograder.submission.reading import Unreadable, read_cells

    with suppress(Unreadable):
        cells = read_cells(content)
        return cells, framed(template(), cells)
    return None


def one_input(data):
    """Whatever is read keeps the rules."""
    result = read(data)
    if result is not None:
        require_rules(*result)


def require_rules(cells, notebook):
    """Locked cells are the instructor's; what is the student's comes from the student."""
    import nbformat

    nbformat.validate(nbformat.reads(nbformat.writes(notebook), as_version=4))
    written = {cell.source for cell in cells}
    ours = {cell["id"]: cell for cell in CELLS}
    assert [cell.id for cell in notebook.cells if cell.id in ours] == list(ours)
    for cell in notebook.cells:
        known = ours.get(cell.id)
        assert not cell.get("outputs")
        assert cell.metadata == (known["metadata"] if known else {})
        if known and known["metadata"]["nbgrader"]["locked"]:
            assert cell.source == known["source"]
        elif cell.cell_type == "code":
            assert cell.source in written or cell.source.startswith("# This cell was missing")


def seeds():
    """Notebooks as students hand them in, of format 4 and 3."""
    added = [{"cell_type": "code", "source": ["a = 1\n", "a"]}]
    added += [{"cell_type": "markdown", "source": "![](attachment:a.png)", "attachments": PIXEL}]
    cells = copy.deepcopy(CELLS) + added
    yield {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    yield {"cells": [{"cell_type": "code", "source": "def one(): 1"}]}
    old = [{"cell_type": "code", "input": ["def two():\n", " 1"], "outputs": []}]
    yield {"nbformat": 3, "metadata": {}, "worksheets": [{"cells": old}, {"cells": cells}]}


def mutated(node, rng):
    """A tree with one place of it changed."""
    if not (isinstance(node, list | dict) and node and rng.random() < 0.9):
        return copy.deepcopy(rng.choice(ODD))
    changed = copy.copy(node)
    place = rng.choice(list(node) if isinstance(node, dict) else range(len(node)))
    other = rng.choice(list(node) if isinstance(node, dict) else range(len(node)))
    what = rng.choice(["deeper"] * 6 + ["drop", "swap", "special"])
    if what == "drop":
        del changed[place]
    elif what == "swap":
        changed[place], changed[other] = node[other], node[place]
    elif what == "special" and isinstance(node, dict):
        changed[rng.choice(KEYS)] = node[place]
    else:
        changed[place] = mutated(node[place], rng)
    return changed


def mutation(data, size, seed):
    """Change the notebook; if there is none, the bytes."""
    import atheris

    rng = random.Random(seed)
    with suppress(Exception):
        if rng.random() < 0.8:
            changed = json.dumps(mutated(json.loads(data), rng)).encode()
            return changed if len(changed) <= size else data
    return atheris.Mutate(data, size)


def main():
    """Let atheris mutate the seeds."""
    import atheris

    with atheris.instrument_imports(include=["autograder"]):
        import autograder.submission  # noqa: F401
    with tempfile.TemporaryDirectory() as corpus:
        for i, seed in enumerate(seeds()):
            Path(corpus, str(i)).write_text(json.dumps(seed), encoding="utf-8")
        os.chdir(corpus)
        options = [*sys.argv, corpus, "-max_len=8192", "-timeout=10"]
        atheris.Setup(options, one_input, custom_mutator=mutation)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
