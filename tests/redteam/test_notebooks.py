"""No notebook file gains points by what it holds beside code, or stops the grading."""

import copy
import json

import nbformat
import pytest

from . import notebooks

NAMES = ["../../pwned", "/pwned", "=cmd|'/C calc'!A0", "<script>alert(1)", "a\nb", "'\";--", ""]


@pytest.mark.parametrize("name", notebooks.MADE)
def test_a_notebook_file_gains_and_harms_nothing(name, arena, grade, honest, unharmed, tmp_path):
    make, outcome = notebooks.MADE[name]
    path = tmp_path / "layers.ipynb"
    given = make(copy.deepcopy(honest), path)
    with unharmed():
        report, seen = grade(path if given is None else given)
    assert arena.leaks(seen) == []
    if outcome == notebooks.FULL:
        assert (report.score, report.flags) == (report.max_score, ())
    else:
        assert report.score == 0
        assert report.flags
    assert report.max_score == 14


def test_no_markup_of_a_student_reaches_the_page(grade, honest):
    given = notebooks.scripts_everywhere(copy.deepcopy(honest), None)
    page = nbformat.from_dict(json.loads(grade(given)[1])[1])
    shown = [cell for cell in page.cells if cell.cell_type == "markdown"]
    assert not [cell for cell in shown if "<script" in cell.source or "<img" in cell.source]
    attached = [part for cell in shown for part in cell.get("attachments", {}).values()]
    kinds = {kind for part in attached for kind in part}
    assert kinds <= {"image/png"}


@pytest.mark.parametrize("student", NAMES)
def test_a_students_name_is_only_a_name(student, grade, honest, unharmed):
    with unharmed():
        report, _ = grade(honest, student)
    assert (report.student, report.score) == (student, report.max_score)


def test_two_workers_draw_different_numbers(grade, honest):
    drawn = "import random, secrets\nimport numpy as np\n"
    drawn += "print(random.random(), secrets.randbits(64), np.random.random())\n"
    drawn += "print(np.random.default_rng().random())"
    given = copy.deepcopy(honest)
    given.cells.insert(2, nbformat.v4.new_code_cell(drawn, id="drawn"))
    first, second = (grade(given)[0].outputs[2][0]["text"].split() for _ in range(2))
    assert [a for a, b in zip(first, second, strict=True) if a == b] == []
