"""Loads a fuzzing harness as a module: the tests use its parts, atheris runs it as a program."""

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def harness():
    """A harness by its name."""

    def load(name):
        path = Path(__file__).parent / f"{name}.py"
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load
