"""Starts and ends the worker processes that run students' code."""

from autograder.sandbox.choice import launcher
from autograder.sandbox.endings import Ending, SandboxUnavailable, WorkerFailed
from autograder.sandbox.limits import Limits
from autograder.sandbox.values import RemoteError, Reply
from autograder.sandbox.worker import CellResult, Launcher, Worker
from autograder.wire import Handle

__all__ = [
    "CellResult",
    "Ending",
    "Handle",
    "Launcher",
    "Limits",
    "RemoteError",
    "Reply",
    "SandboxUnavailable",
    "Worker",
    "WorkerFailed",
    "launcher",
]
