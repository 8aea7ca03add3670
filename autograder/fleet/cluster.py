"""Computes reports on the nodes of a Dask cluster, each of which proves its isolation first."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from distributed import Client
from rich.console import Console

from autograder.errors import CourseError
from autograder.fleet.node import Terms
from autograder.fleet.nodes import ClusterLost, Nodes
from autograder.fleet.plan import Plan
from autograder.fleet.pool import Crew

SECONDS_TO_CONNECT = 20
TALKATIVE = ("distributed", "tornado", "asyncio")


@contextmanager
def cluster(address: str, plan: Plan, console: Console) -> Iterator[Crew]:
    """The nodes of a cluster that is running."""
    with _quiet():
        client = _client(address)
        with client, Nodes(client, Terms.of(plan), console) as nodes, NodeCrew(nodes) as crew:
            try:
                yield crew
            except ClusterLost as loss:
                raise CourseError(f"{loss} All reports so far are kept: start again.") from None


def _client(address: str) -> Client:
    """Connect in a thread that may be left behind: Dask waits for a silent port for ever."""
    found: Future[Client] = Future()

    def connect() -> None:
        try:
            found.set_result(Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False))
        except Exception as error:
            found.set_exception(error)

    threading.Thread(target=connect, name="client", daemon=True).start()
    try:
        return found.result(SECONDS_TO_CONNECT + 5)
    except TimeoutError:
        raise CourseError(f"No Dask scheduler answers at {address}.") from None
    except (OSError, ValueError) as error:
        raise CourseError(f"No Dask scheduler answers at {address}: {error}.") from None


class NodeCrew(Crew):
    """A crew that grows with the number of nodes that take part."""

    def __init__(self, nodes: Nodes) -> None:
        super().__init__(lambda: nodes, 1)
        nodes.grow = self._grow

    def _grow(self, size: int) -> None:
        self._size = max(self._size, size)


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask tells of a lost connection in many lines; ours is one."""
    known = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    before = {log: log.level for log in known if log.name.partition(".")[0] in TALKATIVE}
    for log in before:
        log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for log, level in before.items():
            log.setLevel(level)
