"""Tries every limit on a small scale: a worker does what is forbidden, and must be stopped."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from textwrap import indent

from autograder.sandbox.endings import Ending, amount
from autograder.sandbox.limits import MIB, Limits
from autograder.sandbox.worker import Launcher, Worker

SMALL = Limits(
    call_seconds=1.5, call_cpu_seconds=0.3, memory=300 * MIB, tmpfs=4 * MIB, file_size=2 * MIB,
    reply_bytes=MIB, output_bytes=MIB // 8, callbacks=10, processes=16,
)  # fmt: skip

EXCESSES = {
    "call_seconds": "import time; time.sleep(60)",
    "call_cpu_seconds": "while True: pass",
    "memory": """
import os, time
try: children = [os.fork() for _ in range(2)]
except OSError: pass
kept = [bytearray(b'x' * 2**20) for _ in range(280)]
time.sleep(60)""",
    "processes": """
import os, time
for _ in range(64):
    if not os.fork(): time.sleep(60)""",
    "open_files": "kept = [open('/dev/null') for _ in range(10**6)]",
    "file_size": """
with open('/tmp/large', 'wb', 0) as file:
    for _ in range(4): file.write(b'x' * 2**20)""",
    "tmpfs": "for n in range(99): open(f'/tmp/{n}', 'wb').write(b'x' * 2**20)",
    "reply_bytes": "return b'x' * 2**21 and [1.5] * 2**17",
    "callbacks": "while True: given[0]()",
}


@dataclass(frozen=True)
class Proof:
    """A limit, its value in this course, and how its excess ended."""

    limit: str
    value: str
    ended: str
    holds: bool

    @property
    def row(self) -> tuple[str, str]:
        """For a table."""
        return f"{self.limit} = {self.value}", self.ended


def limits(launch: Launcher, wanted: Limits) -> Iterator[Proof]:
    """Try each limit; the values shown are the course's, those tried are small."""
    for name, excess in EXCESSES.items():
        ended = _ending(launch, excess, _tried(name))
        yield Proof(
            name, _shown(name, getattr(wanted, name)), ended or "was not stopped", bool(ended)
        )


def _tried(name: str) -> Limits:
    # The memory hog takes longer to fill its memory than an endless loop may compute.
    return replace(SMALL, call_seconds=20, call_cpu_seconds=20) if name == "memory" else SMALL


def _ending(launch: Launcher, excess: str, small: Limits) -> str:
    with Worker(launch, small) as worker:
        worker.run_cell("def f(*given):" + indent("\n" + excess, "    "))
        try:
            error = worker.call("f", [lambda: None]).error
        except Ending as ending:
            return f"{ending.status}: {ending.sentence}"
    return f"error: {error.type}" if error else ""


def _shown(name: str, value: float) -> str:
    if "seconds" in name:
        return f"{value:g} s"
    return amount(int(value)) if value >= MIB else f"{value:g}"
