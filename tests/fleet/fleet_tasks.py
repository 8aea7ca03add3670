"""Tasks for the processes of a crew that are killed on purpose; they import it by its name."""

import os
import signal
from pathlib import Path

from autograder.errors import CourseError
from autograder.fleet import tasks


def note(plan, student):
    """Say who was done, and by which process."""
    with (Path(plan.course) / "done").open("a") as file:
        file.write(f"{student} {os.getpid()}\n")


def refuse_bob(plan, student):
    if student == "bob":
        raise CourseError("bob can't be graded")


def killed_by_bob(plan, student):
    """With bob the process is killed every time."""
    if student == "bob":
        kill_myself()
    note(plan, student)


def killed_once(plan, student):
    """Who comes first is the end of its process, and is done when it comes again."""
    if first_time(plan):
        kill_myself()
    note(plan, student)


def compute_and_be_killed_once(plan, student):
    """The process ends when the first report is in the ledger and not yet in the gradebook."""
    tasks.compute(plan, student)
    if first_time(plan):
        kill_myself()
    tasks.enter(plan, student)


def first_time(plan):
    try:
        (Path(plan.course) / "was-killed").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def kill_myself():
    os.kill(os.getpid(), signal.SIGKILL)
