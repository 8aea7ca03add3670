"""The coverage-guided harnesses run, for a moment, wherever atheris can be imported."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize("name", ["fuzz_wire", "fuzz_notebook"])
def test_a_harness_finds_nothing_in_a_moment(name, tmp_path):
    script = Path(__file__).parent / f"{name}.py"
    command = [sys.executable, str(script), "-max_total_time=3", f"-artifact_prefix={tmp_path}/"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr[-3000:]
    assert list(tmp_path.iterdir()) == []
