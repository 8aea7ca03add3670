"""A crew: a few students at a time, none lost with a process, and nobody given up for another."""

import itertools
import os
import threading
import time
from collections import Counter
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path

import pytest

from autograder import processes
from autograder.fleet.plan import Plan
from autograder.fleet.pool import PER_PROCESS, Crew, local

STUDENTS = ["ada", "bob", *(f"s{i:02}" for i in range(10))]


@pytest.fixture
def tasks(monkeypatch):
    """The tasks, importable by their name here and in every process that starts now."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return __import__("fleet_tasks")


@pytest.fixture
def plan(tmp_path):
    return Plan(str(tmp_path), "toy")


def done(plan):
    return Counter(line.split()[0] for line in (Path(plan.course) / "done").open())


class Slow(Executor):
    """Does one only when it has as many in hand as it is meant to get."""

    def __init__(self, most=1):
        self.most = most
        self.in_hand = []
        self.longest = 0

    def submit(self, task, /, *args):
        self.in_hand.append(Future())
        self.longest = max(self.longest, len(self.in_hand))
        future = self.in_hand[-1]
        if len(self.in_hand) >= self.most:
            self.in_hand.pop(0).set_result(None)
        return future


def test_no_more_are_drawn_and_handed_out_than_there_is_room_for(plan):
    drawn, window = [], 3 * PER_PROCESS
    names = (drawn.append(i) or f"s{i}" for i in range(10_000))
    executor = Slow(window)
    with Crew(lambda: executor, 3) as crew:
        for finished, _ in enumerate(itertools.islice(crew.each(print, plan, names), 2_000)):
            assert len(drawn) - finished <= window
    assert executor.longest == window


class Fragile(Executor):
    """Breaks with all that it has in hand as soon as bob comes; anybody else takes a moment."""

    def __init__(self):
        self.in_hand = []
        self.broken = False

    def submit(self, task, /, plan, student):
        if self.broken:
            raise BrokenExecutor
        self.in_hand.append(Future())
        if student == "bob":
            self.broken = True
            for future in self.in_hand:
                if not future.done():
                    future.set_exception(BrokenExecutor())
        else:
            threading.Timer(0.05, self._finish, self.in_hand[-1:]).start()
        return self.in_hand[-1]

    def _finish(self, future):
        if not future.done():
            future.set_result(None)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_who_was_in_hand_with_one_who_is_given_up_is_done(plan, jobs):
    with Crew(Fragile, jobs) as crew:
        results = list(crew.each(print, plan, STUDENTS))
    assert [result.student for result in results if result.problem] == ["bob"]
    assert Counter(result.student for result in results) == Counter(STUDENTS)


def test_nobody_is_done_where_nobody_comes(plan):
    with Crew(Slow, 2) as crew:
        assert list(crew.each(print, plan, [])) == []


def test_everybody_is_done_once_by_as_many_processes_as_there_are_jobs(plan, tasks):
    with local(2) as crew:
        results = list(crew.each(tasks.note, plan, STUDENTS))
    assert Counter(result.student for result in results) == Counter(STUDENTS)
    assert done(plan) == Counter(STUDENTS)
    pids = {line.split()[1] for line in (Path(plan.course) / "done").open()}
    assert 1 <= len(pids) <= 2
    assert str(os.getpid()) not in pids


def test_one_who_cannot_be_graded_stops_no_other(plan, tasks):
    with local(2) as crew:
        results = {r.student: r.problem for r in crew.each(tasks.refuse_bob, plan, STUDENTS)}
    assert str(results.pop("bob")) == "bob can't be graded"
    assert set(results.values()) == {None}
    assert len(results) == len(STUDENTS) - 1


def test_processes_that_are_busy_can_be_ended():
    with processes.executor(2) as pool:
        futures = [pool.submit(time.sleep, 600) for _ in range(2)]
        while not all(future.running() for future in futures):
            time.sleep(0.01)
        pool.end_processes()
    assert all(isinstance(future.exception(), BrokenExecutor) for future in futures)


@pytest.mark.parametrize("jobs", [1, 2])
def test_after_a_killed_process_everybody_is_done_once(plan, tasks, jobs):
    with local(jobs) as crew:
        results = list(crew.each(tasks.killed_once, plan, STUDENTS))
    assert (Path(plan.course) / "was-killed").exists()
    assert Counter(result.student for result in results) == Counter(STUDENTS)
    assert [result for result in results if result.problem] == []
    assert set(done(plan)) == set(STUDENTS)


@pytest.mark.parametrize("jobs", [1, 2])
def test_who_is_killed_every_time_is_given_up_and_nobody_else(plan, tasks, jobs):
    with local(jobs) as crew:
        results = list(crew.each(tasks.killed_by_bob, plan, STUDENTS))
    problems = {r.student: str(r.problem) for r in results if r.problem}
    assert list(problems) == ["bob"]
    assert "was killed 3 times" in problems["bob"]
    assert "\n" not in problems["bob"]
    assert Counter(result.student for result in results) == Counter(STUDENTS)
    assert set(done(plan)) == set(STUDENTS) - {"bob"}
