"""Processes of a batch: forks of one that has imported what takes long, each on a core of its own.

Each starts a fork server for its workers, so none may be a fork of a grader.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver, util
from typing import Any

CONTEXT = multiprocessing.get_context("forkserver")
FOLDER = "LAYERWISE_BATCH_FOLDER"
UNHEARD = (signal.SIGTERM, signal.SIGHUP)
"""What the fork server does not end with: it ends when there is nobody left to serve."""


def prepare() -> None:
    """Start what the processes are forks of; it imports while this process does something else.

    Ctrl-C reaches all that a terminal has started, and is none of its business.
    """
    os.environ[FOLDER] = util.get_temp_dir()
    CONTEXT.set_forkserver_preload(["autograder.tidy", "autograder.fleet.tasks"])
    one_thread_each()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)


def one_thread_each() -> None:
    """Leave each process that starts from now on one thread: as many of them as cores compute."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class Pool(ProcessPoolExecutor):
    """Processes that can be ended at once."""

    def end_processes(self) -> None:
        """End them all. A pool that breaks forgets one that has just been started, and waits for it
        for ever; Python 3.14 can end them by itself.
        """
        for process in list((self._processes or {}).values()):
            process.kill()


def executor(jobs: int) -> Pool:
    """So many processes, which end with this one, however it ends."""
    prepare()
    # Two batches at a time begin on other cores, or both would have the first ones.
    started = CONTEXT.Value("i", os.getpid())
    return Pool(jobs, CONTEXT, initializer=_begin, initargs=(started, jobs))


def _begin(started: Any, jobs: int) -> None:
    """End with the batch, leave Ctrl-C to it, and take a core of one's own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in UNHEARD:
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with_batch, daemon=True).start()
    with started.get_lock():
        number, started.value = started.value, started.value + 1
    cores = sorted(os.sched_getaffinity(0))
    if jobs <= len(cores):
        # Grader and worker take turns: on one core, waking each other costs an eighth less.
        os.sched_setaffinity(0, {cores[number % len(cores)]})


def _end_with_batch() -> None:
    """End where the batch was killed; the parent, a fork server, outlives that with its forks."""
    batch = multiprocessing.parent_process()
    if batch is not None:
        batch.join()
        os.kill(os.getpid(), signal.SIGKILL)
