"""Whatever a notebook is turned into, it is read by the rules or refused with a sentence."""

import json
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.submission.reading import PART_LIMIT, TEXT_LIMIT, Unreadable, read_cells

SEEDS = st.integers(0, 2**32)
SIZE = 20 << 20


@pytest.fixture(scope="session")
def notebook(harness):
    return harness("fuzz_notebook")


@pytest.fixture(scope="session")
def starts(notebook, release):
    """Notebooks to be changed: small ones, and the toy assignment's own release."""
    return [*notebook.seeds(), json.loads(json.dumps(release))]


def test_every_seed_is_read(notebook):
    for seed in notebook.seeds():
        notebook.require_rules(*notebook.read(json.dumps(seed).encode()))


@settings(max_examples=250, deadline=2000)
@given(place=SEEDS, seed=SEEDS, times=st.integers(1, 12))
def test_a_changed_notebook_is_read_by_the_rules_or_refused(notebook, starts, place, seed, times):
    rng = random.Random(seed)
    changed = starts[place % len(starts)]
    for _ in range(times):
        changed = notebook.mutated(changed, rng)
    notebook.one_input(json.dumps(changed).encode())


@settings(max_examples=200, deadline=2000)
@given(place=SEEDS, at=SEEDS, junk=st.binary(max_size=4))
def test_changed_bytes_are_read_by_the_rules_or_refused(notebook, starts, place, at, junk):
    content = json.dumps(starts[place % len(starts)]).encode()
    at %= len(content)
    notebook.one_input(content[:at] + junk + content[at + len(junk) :])
    notebook.one_input(content[:at])


def full(head, unit, tail):
    """A file of the largest size."""
    return head + unit * ((SIZE - len(head) - len(tail)) // len(unit)) + tail


DEAR = {
    "cells": (b'{"cells": [', b"{},", b"{}]}"),
    "lists": (b'{"x": [', b"[],", b'0], "cells": []}'),
    "dicts": (b'{"x": [', b'{"":0},', b'0], "cells": []}'),
    "depth": (b'{"x": [', b"[" * 900 + b"]" * 900 + b",", b'0], "cells": []}'),
    "worksheets": (b'{"nbformat": 3, "worksheets": [{}', b",{}", b"]}"),
    "text": (b'{"cells": [{"source": "', b"a", b'"}]}'),
    "lines": (b'{"cells": [{"source": [', b'"a",', b'""]}]}'),
}


@pytest.mark.parametrize("name", DEAR)
def test_what_would_be_dear_is_refused_soon(name):
    content = full(*DEAR[name])
    began = time.process_time()
    with pytest.raises(Unreadable, match=r"Clear its outputs|Remove what was pasted|at most"):
        read_cells(content)
    assert time.process_time() - began < 5


def test_a_large_picture_and_long_outputs_are_no_reason_to_refuse():
    table = {"data": {"text/plain": "[1, 2]\n" * 50_000}, "output_type": "display_data"}
    picture = {"data": {"image/png": "A" * (SIZE - (2 << 20))}, "output_type": "display_data"}
    cell = {"cell_type": "code", "source": "a = [{}]\n" * 1000, "outputs": [table, picture]}
    content = json.dumps({"cells": [cell]}).encode()
    assert len(read_cells(content)) == 1


def test_the_bounds_are_exact():
    cell = b'{"cells": [{"source": "%s"}]}'
    assert len(read_cells(cell % (b"a" * TEXT_LIMIT))) == 1
    with pytest.raises(Unreadable):
        read_cells(cell % (b"a" * (TEXT_LIMIT + 1)))
    parts = b'{"cells": [], "x": "%s"}'
    assert read_cells(parts % (b"[" * (PART_LIMIT - 2))) == []
    with pytest.raises(Unreadable):
        read_cells(parts % (b"[" * (PART_LIMIT - 1)))
