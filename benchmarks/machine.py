"""What a command costs, measured from outside, and on which machine."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
MIB = 1 << 20


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processors, peak memory of the command's first process."""

    seconds: float
    cpu: float
    memory: int


def run(*command: str | Path, cwd: Path) -> Cost:
    """Run a command; all processors' time counts, so the machine must have nothing else to do."""
    cpu, began = _busy(), time.perf_counter()
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    process = subprocess.Popen(
        [sys.executable, "-m", *map(str, command)],
        cwd=cwd,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    peak = _Peak(process.pid)
    complaint = process.communicate()[1].decode()
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed in {cwd}:\n{complaint[-2000:]}")
    return Cost(time.perf_counter() - began, _busy() - cpu, peak.memory)


def description() -> str:
    """The machine, in one line."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":")[1].strip() for line in lines if "model name" in line), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    versions = ", ".join(f"{name} {version(name)}" for name in ("nbgrader", "numpy", "pytest"))
    cores = len(os.sched_getaffinity(0))
    return (
        f"{cores} cores ({model}), {memory:.0f} GiB, Linux {platform.release()}, "
        f"Python {platform.python_version()}, {versions}"
    )


def fresh(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


class _Peak:
    """Watches the memory of a process until it ends."""

    def __init__(self, pid: int) -> None:
        self.memory = 0
        self._status = Path(f"/proc/{pid}/status")
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            try:
                lines = self._status.read_text(encoding="ascii").splitlines()
                kib = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
            except (OSError, StopIteration):
                return
            self.memory = int(kib) * 1024
            time.sleep(0.1)


def _busy() -> float:
    """Seconds that all processors together have worked since the machine started."""
    first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    user, nice, system, _, _, irq, softirq = map(int, first[:7])
    return (user + nice + system + irq + softirq) / TICK
