"""Computes reports on the nodes of a Dask cluster, each of which proves its isolation first."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from distributed import Client, Worker, WorkerPlugin

from autograder.environment import environment_of, suite_of
from autograder.errors import CourseError
from autograder.fleet.plan import Plan
from autograder.fleet.pool import Crew
from autograder.graders import grader_for
from autograder.sandbox import SandboxUnavailable
from autograder.settings import ledger_url, read_limits

SECONDS_TO_CONNECT = 20


class NodeCheck(WorkerPlugin):
    """Lets a node take part that sees the same course and versions, and isolates students' code.

    Dask runs it on every node before the node's first task, also on nodes that join later.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.host = socket.gethostname()
        self.expected = _identity(plan)

    def setup(self, worker: Worker) -> None:
        """Refuse by an exception, which Dask reports and which ends a node that joins."""
        where = f"node {worker.address}"
        try:
            if _identity(self.plan) != self.expected:
                raise CourseError(f"{where} has another course, kit, Python or NumPy than this.")
            if ledger_url(self.plan.assignment.course).startswith("sqlite"):
                self._require_this_machine(where)
            grader_for(self.plan.assignment, self.plan.unprotected)
        except SandboxUnavailable as refusal:
            raise CourseError(f"{where} does not isolate students' code: {refusal}") from None

    def _require_this_machine(self, where: str) -> None:
        if socket.gethostname() != self.host:
            raise CourseError(
                f"{where} is another machine, and a ledger in SQLite can't be shared: set the url "
                "of a PostgreSQL database in layerwise.toml."
            )


@contextmanager
def cluster(address: str, plan: Plan) -> Iterator[Crew]:
    """The nodes of a cluster that is running."""
    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CourseError(f"No Dask scheduler answers at {address}: {error}.") from None
    with client:
        client.register_plugin(NodeCheck(plan), name="layerwise")
        threads = sum(client.nthreads().values())
        with Crew(lambda: _executor(client), max(threads, 1)) as crew:
            yield crew


def _executor(client: Client) -> Executor:
    executor: Executor = client.get_executor(pure=False)
    return executor


def _identity(plan: Plan) -> tuple[str, str]:
    """Same identity, same keys in the ledger."""
    assignment = plan.assignment
    return suite_of(assignment), environment_of(read_limits(assignment.course), plan.unprotected)
