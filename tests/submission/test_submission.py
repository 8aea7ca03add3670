"""Whatever is handed in: locked cells are the instructor's, answers the student's."""

import copy
import json
import os

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import submission as reading
from autograder.submission import grade_id, is_grade
from autograder.submission.framing import MISSING
from autograder.submission.markdown import harmless

EXERCISES = ["row_norms", "unit_rows", "scale_forward", "scale_backward", "summary"]
ANSWER = "def row_norms(x):\n    return 1"


def read_submission(path, template, student, limit=1 << 20):
    return reading.read_submission(path, template, student, limit)


@pytest.fixture(scope="session")
def template(built):
    return nbformat.read(built.notebook, as_version=4)


@pytest.fixture
def handed_in(release, cell_of):
    """The release with an answer in the cell of row_norms, to be spoilt."""
    notebook = copy.deepcopy(release)
    cell_of(notebook, "row_norms").source = ANSWER
    return notebook


@pytest.fixture
def read(template, tmp_path):
    """Hand in bytes, or a notebook."""

    def hand_in(content, **options):
        path = tmp_path / "toy.ipynb"
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        path.write_bytes(raw)
        return checked(read_submission(path, template, "somebody", **options), template)

    return hand_in


def checked(submission, template):
    """What holds of every submission."""
    notebook = submission.notebook
    nbformat.validate(submission.to_notebook())
    nbformat.validate(nbformat.reads(nbformat.writes(notebook), as_version=4))
    assert notebook.metadata == template.metadata
    ours = [cell for cell in template.cells if grade_id(cell)]
    kept = [cell for cell in notebook.cells if grade_id(cell)]
    assert [cell.id for cell in kept] == [cell.id for cell in ours]
    for mine, theirs in zip(ours, kept, strict=True):
        assert theirs.metadata == mine.metadata
        assert theirs.cell_type == mine.cell_type
        if mine.metadata.nbgrader.locked:
            assert theirs.source == mine.source
        else:
            assert "BEGIN SOLUTION" not in theirs.source
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert grade_id(cell) or cell.metadata == {}
        assert "attachments" not in cell
    return submission


def source(submission, name):
    return next(c.source for c in submission.notebook.cells if grade_id(c) == name)


def added(submission):
    return [cell.source for cell in submission.notebook.cells if not grade_id(cell)]


def deep(levels):
    return b'{"cells": ' + b"[" * levels + b"]" * levels + b"}"


UNREADABLE = {
    "empty": (b"", "empty"),
    "not JSON": (b"PK\x03\x04 a zip archive", "not valid JSON"),
    "a page that asks to log in": (b"<!doctype html><p>Log in", "not valid JSON"),
    "half a notebook": (b'{"cells": [{"cell_type": "code", "sou', "not valid JSON"),
    "merge conflict": (b'<<<<<<< HEAD\n{"cells": []}\n=======\n', "not valid JSON"),
    "not UTF-8": ('{"cells": ["Löwe"]}'.encode("latin-1"), "not valid JSON"),
    "UTF-16": ('{"cells": []}'.encode("utf-16"), "not valid JSON"),
    "deep": (deep(100_000), "not valid JSON"),
    "a number of a million digits": (b'{"cells": ' + b"1" * 10**6 + b"}", "not valid JSON"),
    "a list": (b"[]", "not a Jupyter notebook"),
    "a number": (b"7", "not a Jupyter notebook"),
    "null": (b"null", "not a Jupyter notebook"),
    "no cells": (b'{"nbformat": 4, "metadata": {}}', "not a Jupyter notebook"),
    "cells that are no list": (b'{"cells": {"0": {}}}', "not a Jupyter notebook"),
    "old and broken": (b'{"worksheets": 1, "nbformat": 3, "metadata": {}}', "old format"),
    "old and deep": (b'{"worksheets": ' + b"[" * 900 + b"]" * 900 + b"}", "old format"),
    "another assignment": (
        b'{"cells": [{"cell_type": "code", "source": "import antigravity"}]}',
        "another assignment",
    ),
}


@pytest.mark.parametrize(("content", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_notebook_of_ours_gets_a_flag_and_a_page_that_says_so(read, content, said):
    submission = read(content)
    assert len(submission.flags) == 1
    assert said in submission.flags[0]
    assert submission.notebook.cells[0].source.endswith(submission.flags[0])
    assert [source(submission, name) for name in EXERCISES] == [MISSING] * 5


@pytest.mark.parametrize("kind", ["symbolic link", "dangling link", "directory", "pipe", "nothing"])
def test_what_is_no_file_is_not_opened(template, tmp_path, built, kind):
    path = tmp_path / "toy.ipynb"
    make = {
        "symbolic link": lambda: path.symlink_to(built.release),
        "dangling link": lambda: path.symlink_to(tmp_path / "nowhere"),
        "directory": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
        "nothing": lambda: None,
    }
    make[kind]()
    submission = checked(read_submission(path, template, "somebody"), template)
    assert submission.flags == ("What was handed in is not a file.",)


def test_too_large_a_file_is_not_read(read, handed_in):
    assert read(handed_in, limit=10**6).flags == ()
    (flag,) = read(handed_in, limit=1000).flags
    assert "at most" in flag


def test_too_many_cells_are_refused(read, handed_in):
    handed_in.cells += [{"cell_type": "code", "source": "1"}] * 5000
    (flag,) = read(handed_in).flags
    assert f"{len(handed_in.cells)} cells; at most 5000" in flag


def test_a_complete_notebook_is_taken_as_it_is(read, handed_in):
    submission = read(handed_in)
    assert submission.flags == ()
    assert source(submission, "row_norms") == ANSWER
    assert source(submission, "summary").endswith("raise NotImplementedError()")
    assert added(submission) == ["Your guess:", "Why is there no mean of nothing?"]
    assert len(submission.sha256) == 64


def test_the_notebook_remembers_the_submission(read, handed_in):
    submission = read(handed_in)
    again = type(submission).from_notebook(submission.to_notebook())
    assert (again.student, again.sha256, again.flags) == ("somebody", submission.sha256, ())
    assert again.cells == submission.cells


def test_cells_to_run_are_all_code_but_the_grade_cells(read, handed_in):
    submission = read(handed_in)
    sources = [cell.source for cell in submission.cells]
    assert sources[:3] == ["import numpy as np", ANSWER, "print(row_norms(np.eye(2)))"]
    assert [cell.for_show for cell in submission.cells[:3]] == [False, False, True]
    assert not any("Hidden tests" in source for source in sources)


ODD_IDS = [[1], None, {"a": [1]}, 1e300, True]
ODD_METADATA = [None, [], "nbgrader", {"nbgrader": [1]}, 0]
HTML = {"text/html": "<script>alert(1)</script>", "text/plain": "1000000.0"}
OUTPUT = {"output_type": "execute_result", "data": HTML, "metadata": {}}
SVG = {"a.svg": {"image/svg+xml": "<svg onload='alert(1)'/>"}}


def mark(cell, **settings):
    """Change nbgrader's metadata of a cell."""
    cell["metadata"] = {"nbgrader": {**cell.metadata.get("nbgrader", {}), **settings}}


def is_locked(cell):
    return cell.metadata.get("nbgrader", {}).get("locked", False)


EVERY_CELL = {
    "no cell ids": lambda cell, i: cell.pop("id"),
    "all cell ids equal": lambda cell, i: cell.update(id="summary"),
    "cell ids of other types": lambda cell, i: cell.update(id=ODD_IDS[i % 5]),
    "no metadata": lambda cell, i: cell.pop("metadata"),
    "metadata of other types": lambda cell, i: cell.update(metadata=ODD_METADATA[i % 5]),
    "a million points": lambda cell, i: mark(cell, points=10**6, grade=True),
    "cells are markdown": lambda cell, i: cell.update(cell_type="markdown"),
    "cells are code": lambda cell, i: cell.update(cell_type="code"),
    "cells are raw": lambda cell, i: cell.update(cell_type="raw"),
    "cells have no type": lambda cell, i: cell.pop("cell_type"),
    "baked-in outputs": lambda cell, i: cell.update(outputs=[OUTPUT], execution_count="many"),
    "attachments": lambda cell, i: cell.update(attachments=SVG),
    "sources as lists": lambda cell, i: cell.update(source=cell.source.splitlines(True)),
}
LOCKED_CELLS = {
    "locked cells are edited": lambda cell: cell.update(source="raise SystemExit"),
    "nothing is locked": lambda cell: mark(cell, locked=False, solution=True, grade=False),
}
NOTEBOOK = {
    "format 99": lambda notebook: notebook.update(nbformat=99, nbformat_minor=99),
    "no format": lambda notebook: [notebook.pop(key) for key in ("nbformat", "metadata")],
    "another kernel": lambda notebook: notebook.metadata.update(kernelspec={"name": "bash"}),
    "a report of its own": lambda notebook: notebook.metadata.update(layerwise={"score": 1e9}),
    "cells in another order": lambda notebook: notebook.cells.reverse(),
    "cells that are none": lambda notebook: notebook.cells.extend([None, 7, "code", [], {}]),
    "locked cells are gone": lambda notebook: notebook.update(
        cells=[cell for cell in notebook.cells if not is_locked(cell)]
    ),
    "locked cells are doubled": lambda notebook: notebook.cells.extend(
        {**cell, "source": "exit()"} for cell in notebook.cells[:] if is_locked(cell)
    ),
}
BROKEN = {
    **{
        name: lambda notebook, spoil=spoil: [spoil(c, i) for i, c in enumerate(notebook.cells)]
        for name, spoil in EVERY_CELL.items()
    },
    **{
        name: lambda notebook, spoil=spoil: [spoil(c) for c in notebook.cells if is_locked(c)]
        for name, spoil in LOCKED_CELLS.items()
    },
    **NOTEBOOK,
}


@pytest.mark.parametrize("how", BROKEN)
def test_answers_survive_whatever_happened_to_the_notebook(read, handed_in, how):
    BROKEN[how](handed_in)
    assert_complete(read(handed_in))


def assert_complete(submission):
    assert submission.flags == ()
    assert source(submission, "row_norms") == ANSWER
    assert source(submission, "summary").endswith("raise NotImplementedError()")


def test_a_byte_order_mark_does_no_harm(read, handed_in):
    assert_complete(read(b"\xef\xbb\xbf" + json.dumps(handed_in).encode()))


def test_a_notebook_of_format_3_is_read(read, handed_in):
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "toy"}}
    cells = [as_format_3(cell) for cell in handed_in.cells]
    cells.insert(0, {"cell_type": "heading", "level": 1, "source": "Toys", "metadata": {}})
    assert_complete(read({**old, "worksheets": [{"cells": cells, "metadata": {}}]}))


def as_format_3(cell):
    """A cell as notebooks of 2014 have it."""
    old = {"cell_type": cell.cell_type, "metadata": dict(cell.metadata)}
    if cell.cell_type == "code":
        return {**old, "input": cell.source.splitlines(True), "language": "python", "outputs": []}
    return {**old, "source": cell.source.splitlines(True)}


def test_without_ids_and_metadata_answers_run_as_cells_of_their_own(read, handed_in):
    for cell in handed_in.cells:
        del cell["id"], cell["metadata"]
    submission = read(handed_in)
    assert submission.flags == ()
    assert source(submission, "row_norms") == MISSING
    assert ANSWER in [cell.source for cell in submission.cells]


def test_a_deleted_answer_is_missing_and_the_others_are_not(read, handed_in, cell_of):
    handed_in.cells.remove(cell_of(handed_in, "summary"))
    submission = read(handed_in)
    assert source(submission, "summary") == MISSING
    assert source(submission, "row_norms") == ANSWER


def test_a_doubled_answer_is_kept_behind_the_first(read, handed_in, cell_of):
    first = cell_of(handed_in, "row_norms")
    second = copy.deepcopy(first)
    second.source = "def row_norms(x):\n    return 2"
    handed_in.cells.insert(handed_in.cells.index(first) + 1, second)
    submission = read(handed_in)
    assert source(submission, "row_norms") == ANSWER
    sources = [cell.source for cell in submission.cells]
    assert sources.index(second.source) == sources.index(ANSWER) + 1


def test_added_cells_stay_where_the_student_put_them(read, handed_in, cell_of):
    place = handed_in.cells.index(cell_of(handed_in, "unit_rows"))
    extra = [{"cell_type": "code", "source": f"helper_{i} = {i}"} for i in range(3)]
    handed_in.cells[place:place] = extra[1:]
    handed_in.cells.insert(0, extra[0])
    sources = [cell.source for cell in read(handed_in).cells]
    assert sources[0] == "helper_0 = 0"
    here = sources.index("helper_1 = 1")
    assert sources[here + 1] == "helper_2 = 2"
    assert sources[here + 2].startswith("def unit_rows")


def test_added_cells_have_ids_of_their_own(read, handed_in):
    handed_in.cells += [{"cell_type": "code", "source": "1", "id": "row_norms-tests"}] * 20
    ids = [cell.id for cell in read(handed_in).notebook.cells]
    assert len(set(ids)) == len(ids)


def test_an_added_grade_cell_is_not_one(read, handed_in, template):
    fake = {"grade_id": "bonus", "grade": True, "points": 100, "locked": True, "solution": False}
    handed_in.cells.append({"cell_type": "code", "source": "100.0", "metadata": {"nbgrader": fake}})
    grades = [cell for cell in read(handed_in).notebook.cells if is_grade(cell)]
    assert len(grades) == 5


@pytest.mark.parametrize("value", [None, 7, {}, [None, 3], True])
def test_a_source_that_is_no_text_is_empty(read, handed_in, cell_of, value):
    cell_of(handed_in, "row_norms")["source"] = value
    submission = read(handed_in)
    assert submission.flags == ()
    assert source(submission, "row_norms") == ""


def test_a_cell_without_source_is_empty(read, handed_in, cell_of):
    del cell_of(handed_in, "row_norms")["source"]
    assert source(read(handed_in), "row_norms") == ""


def test_control_characters_and_lone_surrogates_are_taken_out(read, handed_in, cell_of):
    cell_of(handed_in, "row_norms")["source"] = "a = '\x00\x1b[31m\ud800\x7f'\n\tb = 'ü\U0001f600'"
    assert source(read(handed_in), "row_norms") == "a = '[31m?'\n\tb = 'ü\U0001f600'"


@pytest.mark.parametrize(
    "tag",
    ["<script>alert(1)</script>", "<ScRiPt src=x>", "<img src=x onerror=alert(1)>", "</div>",
     "<!-- ", "<?php", "<svg/onload=alert(1)>", "<\x00script>", "<\x7fscript>"],
)  # fmt: skip
def test_markdown_starts_no_html(read, handed_in, tag):
    handed_in.cells.append({"cell_type": "markdown", "source": f"I think {tag} that"})
    text = added(read(handed_in))[-1]
    assert "<\u2060" in text
    assert (
        text.replace("\u2060", "")
        == "I think " + tag.replace("\x00", "").replace("\x7f", "") + " that"
    )


@pytest.mark.parametrize("text", ["1 < 2", "a <- b", "$x<0$", "a << 3", "<3", "5 > 4", "`a<=b`"])
def test_other_markdown_stays_as_it_is(text):
    assert harmless(text, {}) == text


def test_code_is_not_touched(read, handed_in, cell_of):
    code = 'page = "<script>alert(1)</script>"'
    cell_of(handed_in, "row_norms").source = code
    assert source(read(handed_in), "row_norms") == code


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["nbgrader", "grade_id", "source", "id", "a"]), inner, max_size=3
        )
    ),
    max_leaves=5,
)
NAMES = st.sampled_from([*EXERCISES, "toys-1", "row_norms-tests", "summary-rubric", "other"])
CELL = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | JSON,
        "source": st.text(st.characters()) | JSON,
        "id": NAMES | JSON,
        "metadata": st.fixed_dictionaries({"nbgrader": st.fixed_dictionaries({"grade_id": NAMES})})
        | JSON,
    },
)


@settings(max_examples=80, deadline=None)
@given(
    notebook=JSON
    | st.fixed_dictionaries(
        {"cells": st.lists(CELL | JSON, max_size=6) | JSON},
        optional={"nbformat": JSON, "metadata": JSON, "worksheets": JSON},
    )
)
def test_any_json_is_read_or_flagged(template, tmp_path_factory, notebook):
    path = tmp_path_factory.getbasetemp() / "any.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    checked(read_submission(path, template, "somebody"), template)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_flagged(template, tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.ipynb"
    path.write_bytes(content)
    assert checked(read_submission(path, template, "somebody"), template).flags


@pytest.mark.parametrize("levels", range(700, 1001, 25))
def test_any_depth_is_read_or_flagged(read, levels):
    nest = b"[" * levels + b"]" * levels
    for key in (b'"id"', b'"source"', b'"metadata"', b'"cell_type"', b'"x"'):
        read(b'{"cells": [{"source": "def row_norms(): 0", ' + key + b": " + nest + b"}]}")
    read(b'{"cells": [{"metadata": {"nbgrader": {"grade_id": ' + nest + b"}}}]}")
