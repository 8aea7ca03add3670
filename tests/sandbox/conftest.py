"""Workers for the tests: one that all share, and fresh ones for tests that end theirs."""

import pytest

from autograder.sandbox import Limits, SandboxUnavailable, Worker
from autograder.sandbox.choice import launchers

MIB = 1 << 20
SMALL = Limits(
    cell_seconds=10, call_seconds=5, memory=400 * MIB, tmpfs=4 * MIB, file_size=8 * MIB,
    reply_bytes=2 * MIB, output_bytes=MIB // 4, callbacks=50,
)  # fmt: skip


@pytest.fixture(scope="session", params=launchers())
def launch(request):
    """Every way to isolate that this machine has; the others are skipped with their reason."""
    try:
        return launchers()[request.param]()
    except SandboxUnavailable as refusal:
        pytest.skip(str(refusal))


@pytest.fixture
def namespaces(launch):
    """For what takes namespaces: files and processes of a worker's own."""
    if launch.name == "reduced":  # test_reduced.py has what holds there instead
        pytest.skip("reduced isolation: one process, no files, and no namespaces")


@pytest.fixture(scope="session")
def limits():
    return SMALL


@pytest.fixture(scope="module")
def shared(launch):
    with Worker(launch, SMALL) as worker:
        yield worker


@pytest.fixture
def fresh(launch):
    with Worker(launch, SMALL) as worker:
        yield worker


@pytest.fixture
def define(shared):
    """Define names in the shared worker's notebook."""

    def run(source):
        assert shared.run_cell(source).error is None
        return shared

    return run
