"""What grades depend on besides submission and seed: suite, this kit, and what it runs on."""

from __future__ import annotations

import functools
import hashlib
import json
import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from autograder.layout import Assignment
from autograder.sandbox import Limits

LIBRARIES = ("numpy", "scipy", "matplotlib", "ipython")


def suite_of(assignment: Assignment) -> str:
    """SHA-256 of tests, reference, mistakes, the notebook around the student's cells, and kit."""
    notebook = hashlib.sha256(assignment.notebook_bytes).hexdigest()
    return _digest([assignment.fingerprint, notebook, _kit()])


def environment_of(limits: Limits, unprotected: bool) -> str:
    """SHA-256 of what the student's code meets: versions, limits, whether there is a sandbox."""
    return _digest([_versions(), asdict(limits), unprotected])


def key_of(submission: str, suite: str, environment: str, seed: str) -> str:
    """What a report is known by: the same key, the same report."""
    return _digest([submission, suite, environment, seed])


@functools.cache
def _versions() -> dict[str, str]:
    libraries = {name: version(name) for name in LIBRARIES}
    return {**libraries, "python": platform.python_version(), "machine": platform.machine()}


@functools.cache
def _kit() -> str:
    """SHA-256 of this kit's own code: a version number would stand still between releases."""
    root = Path(__file__).parent
    files = sorted(root.rglob("*.py"))
    return _digest([[str(f.relative_to(root)), f.read_text(encoding="utf-8")] for f in files])


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
