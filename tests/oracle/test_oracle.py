"""Compares the solutions with golden values that PyTorch has computed; PyTorch is not needed."""

import runpy
from pathlib import Path

import pytest

from autograder.layout import Course
from autograder.suite.plugin import reference_of

HERE = Path(__file__).parent
MAKE = runpy.run_path(str(HERE / "make.py"))
ORACLES = MAKE["oracles"]()


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_solutions_agree_with_pytorch(oracle):
    assignment = Course(HERE.parents[1]).assignment(oracle.parent.name)
    we_say = MAKE["load"](oracle)["we_say"]
    cases = MAKE["stored"](oracle)
    for case, expected in cases:
        found = we_say(reference_of(assignment), case)
        assert found.keys() == expected.keys()
        errors = {key: MAKE["relative_error"](found[key], expected[key]) for key in expected}
        assert max(errors.values()) <= MAKE["TOLERANCE"], (errors, case)
    assert len(cases) >= 20


def test_golden_files_are_small():
    assert sum(path.stat().st_size for path in HERE.glob("*/*.npz")) < 400_000


def test_every_golden_file_has_its_oracle():
    assert {path.with_suffix(".py") for path in HERE.glob("*/*.npz")} == set(ORACLES)
