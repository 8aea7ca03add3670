"""How long a worker takes to be ready, for every way to isolate that this machine has.

Run it on a quiet machine: python benchmarks/start_up.py
"""

import statistics
import time

from autograder.sandbox import Launcher, SandboxUnavailable, Worker
from autograder.sandbox.choice import launchers

STARTS = 100


def main() -> None:
    """Print medians, and their ratios to a bubblewrap of its own for every worker."""
    medians = {}
    for name, make in launchers().items():
        try:
            medians[name] = statistics.median(start_ups(make()))
        except SandboxUnavailable as refusal:
            print(f"{name}: {refusal}")
    for name, median in medians.items():
        ratio = medians.get("bubblewrap", median) / median
        print(f"{name}: ready in {median * 1000:.1f} ms, {ratio:.1f} times as fast as bubblewrap")


def start_ups(launch: Launcher) -> list[float]:
    """Seconds until the worker has said that it is ready."""
    times = []
    for _ in range(STARTS if launch.name == "forkserver" else STARTS // 5):
        began = time.perf_counter()
        with Worker(launch):
            times.append(time.perf_counter() - began)
    return times


if __name__ == "__main__":
    main()
