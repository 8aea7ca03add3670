"""Keeps a suite from harming the grader's own process: its memory, its imported modules."""

from __future__ import annotations

import contextlib
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

ARITHMETIC = 2**31
"""Bytes that one test may add to the grader's memory."""


@contextlib.contextmanager
def bounded_memory() -> Iterator[None]:
    """Turn a student's answer that blows up in a test's own arithmetic into a MemoryError."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    allowed = pages * resource.getpagesize() + ARITHMETIC
    if hard != resource.RLIM_INFINITY:
        allowed = min(allowed, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def forget_modules(folder: str) -> None:
    """Let pytest import test files anew: it would take those of another course for ours."""
    hidden = Path("tests", folder).parts
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        if Path(file).parts[-4:-2] == hidden:
            del sys.modules[name]
