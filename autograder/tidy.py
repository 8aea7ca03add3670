"""Imported by the fork server of a batch, and by nothing else; it ends after all of its forks.

So it can clear away the batch's folder where the batch was killed, and must not end before that
with a signal that all processes get. Its forks hear such signals again.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal

from autograder.processes import FOLDER, UNHEARD

SERVER = os.getpid()


@atexit.register
def _tidy() -> None:
    if os.getpid() == SERVER:  # Python's newer versions call this in forks, too
        shutil.rmtree(os.environ[FOLDER], ignore_errors=True)


for number in UNHEARD:
    signal.signal(number, signal.SIG_IGN)
