"""Attacks by the notebook's file: what it holds beside code, and what stands in its place."""

import copy
import json
import os

import nbformat

from autograder.submission import grade_id

FULL, REFUSED = "full marks", "refused"
MADE = {}
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAA"
    "AABJRU5ErkJggg=="
)
SCRIPT = "<script>alert('LEAK' + ':')</script>"


def made(outcome):
    """Register a maker: of a notebook or bytes from the honest notebook, or of the file itself."""

    def register(make):
        MADE[make.__name__] = make, outcome
        return make

    return register


@made(FULL)
def a_million_points(notebook, path):
    for cell in notebook.cells:
        if "points" in cell.metadata.get("nbgrader", {}):
            cell.metadata.nbgrader.points = 10**6
    notebook.metadata["layerwise"] = {"report": {"score": 10**6}, "flags": [], "student": "x"}
    return notebook


@made(FULL)
def locked_cells_deleted(notebook, path):
    notebook.cells = [cell for cell in notebook.cells if not is_locked(cell)]
    return notebook


@made(FULL)
def locked_cells_edited(notebook, path):
    for cell in filter(is_locked, notebook.cells):
        cell.source = "import os; os._exit(0)"
    return notebook


@made(FULL)
def every_cell_twice(notebook, path):
    notebook.cells = [copy.deepcopy(cell) for cell in notebook.cells for _ in range(2)]
    return notebook


@made(FULL)
def every_cell_of_another_type(notebook, path):
    raw = json.loads(json.dumps(notebook))
    for cell in raw["cells"]:
        cell["cell_type"] = "raw" if cell["cell_type"] == "code" else "code"
    return raw


@made(FULL)
def impostors_of_locked_cells(notebook, path):
    false = [copy.deepcopy(cell) for cell in notebook.cells if is_locked(cell)]
    for cell in false:
        cell.cell_type, cell.source = "code", "raise SystemExit"
        cell.metadata.nbgrader.update(solution=True, locked=False, grade=True, points=100)
    notebook.cells = false + notebook.cells
    return notebook


@made(FULL)
def no_metadata(notebook, path):
    for cell in notebook.cells:
        cell.metadata = {}
    notebook.metadata = {}
    return notebook


@made(FULL)
def neither_metadata_nor_names(notebook, path):
    raw = json.loads(json.dumps(notebook))
    for cell in raw["cells"]:
        cell["metadata"] = None
        cell.pop("id")
    return raw


@made(FULL)
def outputs_baked_in(notebook, path):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            data = {"text/plain": "LEAK:", "text/html": SCRIPT}
            result = nbformat.v4.new_output("execute_result", data, execution_count=1)
            cell.outputs = [result]
    return notebook


@made(FULL)
def scripts_everywhere(notebook, path):
    links = f"{SCRIPT} [x](javascript:alert(1)) [y]: javascript:alert(1) ![z](attachment:a.svg)"
    notebook.cells += [nbformat.v4.new_markdown_cell(links + "<img src=x onerror=alert(1)>")]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = cell.source if is_locked(cell) else links
            cell.attachments = {
                "a.svg": {"image/svg+xml": SCRIPT},
                SCRIPT: {"image/png": PIXEL},
                "a.png": {"text/html": SCRIPT, "image/png": SCRIPT},
            }
    return notebook


@made(FULL)
def another_kernel(notebook, path):
    notebook.metadata = {"kernelspec": {"name": "bash", "argv": ["sh"], "language": "bash"}}
    return notebook


@made(FULL)
def format_3(notebook, path):
    return nbformat.convert(notebook, 3)


@made(FULL)
def format_99(notebook, path):
    return {**notebook, "nbformat": 99, "nbformat_minor": -1}


@made(FULL)
def a_byte_order_mark(notebook, path):
    return b"\xef\xbb\xbf" + json.dumps(notebook).encode()


@made(FULL)
def no_numbers(notebook, path):
    notebook.metadata["nan"] = [float("nan"), float("inf"), -float("inf")]
    return json.dumps(notebook).replace("Infinity]", "1e999]").encode()


@made(FULL)
def keys_twice(notebook, path):
    text = json.dumps(notebook)
    return ('{"cells": [], "cells": 3, ' + text[1:]).encode()


@made(FULL)
def surrogates_and_controls(notebook, path):
    for cell in notebook.cells:
        cell.source += "\n# \ud800\x00\x1b[2J\u202e"
        cell.metadata["\ud800"] = "\udfff"
    junk = {"cell_type": "\ud800", "id": "\ud800", "source": ["\ud800"]}
    junk["metadata"] = {"nbgrader": {"grade_id": "\ud800"}}
    return {**notebook, "cells": [*notebook.cells, junk]}


@made(FULL)
def cells_of_no_form(notebook, path):
    odd = [None, 3, "x", [], {}, {"source": {}, "metadata": [], "id": {}}]
    odd += [{"source": [1, None, "x = 1"], "metadata": {"nbgrader": []}, "attachments": [1]}]
    odd += [{"metadata": {"nbgrader": {"grade_id": name}}} for name in ([], {}, 1e999, True)]
    return {**notebook, "cells": [*odd, *notebook.cells]}


@made(REFUSED)
def endless_numbers(notebook, path):
    return json.dumps(notebook).replace("null", "9" * 100_000).encode()


@made(REFUSED)
def a_large_attachment(notebook, path):
    notebook.cells[0].attachments = {"a.png": {"image/png": "A" * (100 << 20)}}
    return notebook


@made(REFUSED)
def a_hundred_thousand_cells(notebook, path):
    return {"cells": [{}] * 100_000}


@made(REFUSED)
def nested_a_million_times(notebook, path):
    return b'{"cells": ' + b"[" * 10**6 + b"]" * 10**6 + b"}"


@made(REFUSED)
def another_encoding(notebook, path):
    return json.dumps(notebook).encode("utf-16")


@made(REFUSED)
def not_text(notebook, path):
    return b"PK\x03\x04" + bytes(range(256)) * 10


@made(REFUSED)
def no_object(notebook, path):
    return b"[[1, 2], null]"


@made(REFUSED)
def nothing(notebook, path):
    return b""


@made(REFUSED)
def a_folder(notebook, path):
    path.mkdir()


@made(REFUSED)
def a_pipe(notebook, path):
    os.mkfifo(path)


@made(REFUSED)
def a_link_to_the_solutions(notebook, path):
    path.symlink_to("/etc/passwd")


@made(REFUSED)
def a_link_to_nowhere(notebook, path):
    path.symlink_to(path)


@made(REFUSED)
def a_device(notebook, path):
    path.symlink_to("/dev/zero")


def is_locked(cell):
    """Whether the cell is not the student's to write."""
    return bool(grade_id(cell)) and not cell.metadata.nbgrader.get("solution")
