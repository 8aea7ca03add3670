"""When the grader is killed, every worker dies with it, whatever its code does."""

import signal
import subprocess
import sys
import time

from autograder.sandbox.usage import tree

GRADER = """
import sys
from autograder.sandbox import Worker
from autograder.sandbox.choice import launchers
with Worker(launchers()[sys.argv[1]]()) as worker:
    worker.run_cell('''
import ctypes, os, signal, time
for number in set(signal.Signals) - {9, 19}: signal.signal(number, signal.SIG_IGN)
ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)  # would clear the signal at the parent's death
def f():
    if hasattr(os, "fork"):
        try:
            if not os.fork(): os.setsid()
        except OSError: pass
    time.sleep(60)
''')
    print("ready", flush=True)
    worker.call("f", seconds=60)
"""


def test_a_killed_grader_leaves_no_worker(launch):
    command = [sys.executable, "-c", GRADER, launch.name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as grader:
        assert grader.stdout.readline() == "ready\n"
        time.sleep(0.3)
        below = set(tree(grader.pid)) - {grader.pid}
        grader.send_signal(signal.SIGKILL)
    until = time.monotonic() + 5
    while any(map(runs, below)) and time.monotonic() < until:
        time.sleep(0.05)
    assert below
    assert [pid for pid in below if runs(pid)] == []


def runs(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
