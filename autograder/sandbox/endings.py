"""The ways in which a worker, or the attempt to start one, can end."""

import signal
from typing import Literal

Status = Literal["timeout", "memory", "crashed", "exited", "flood", "breach"]


class SandboxUnavailable(RuntimeError):
    """No worker can be isolated on this machine; the message says why and what helps."""


class WorkerFailed(RuntimeError):
    """A worker did not start, which is no fault of the student's."""


class Ending(Exception):
    """The worker is gone because of what the student's code did."""

    def __init__(self, status: Status, sentence: str) -> None:
        super().__init__(f"{status}: {sentence}")
        self.status: Status = status
        self.sentence = sentence


def timed_out(seconds: float) -> Ending:
    """The deadline has passed."""
    return Ending("timeout", f"was still running after {seconds:g} s")


def computed_too_long(seconds: float) -> Ending:
    """The processor's time is used up."""
    return Ending("timeout", f"was still running after {seconds:g} s of computing")


def out_of_memory(size: int) -> Ending:
    """The memory is used up."""
    return Ending("memory", f"used more than {amount(size)} of memory")


def flooded(size: int) -> Ending:
    """An answer, or what was printed, is too large."""
    return Ending("flood", f"gave more than can be taken back (limit: {amount(size)})")


def called_back_too_often(count: int) -> Ending:
    """A call asked for too many calls."""
    return Ending("flood", f"called a function that it was given more than {count} times")


def breached() -> Ending:
    """What arrived is not what an honest worker sends."""
    return Ending("breach", "interfered with the connection to the grader")


def gone(code: int) -> Ending:
    """The process ended with this code: bubblewrap reports signal n as 128 + n, Popen as -n."""
    number = -code if code < 0 else code - 128
    if number in signal.valid_signals():
        return Ending("crashed", f"crashed the Python process ({signal.Signals(number).name})")
    return Ending("exited", "ended the Python process (os._exit or the like)")


def amount(size: int) -> str:
    """A size for people."""
    for unit, name in ((1 << 30, "GiB"), (1 << 20, "MiB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size} bytes"
