"""Golden cases: what is handed in, and what comes out, test by test.

What expected.json does not mention has passed.
"""

import json
from pathlib import Path

import pytest

CASES = sorted(path.parent for path in Path(__file__).parent.glob("cases/*/expected.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case, grade, summed_up):
    (path,) = case.glob("submission.*")
    given = path.read_bytes()
    report = grade(given if path.suffix == ".ipynb" else given.decode())
    assert vars(summed_up(report)) == json.loads((case / "expected.json").read_bytes())
