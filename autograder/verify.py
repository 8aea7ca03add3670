"""Proves that a suite grades right: reference, release, mistakes and tests against each other."""

from __future__ import annotations

import functools
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from autograder.build import stale
from autograder.graders import grader_for
from autograder.grading import Grader
from autograder.layout import Assignment, read_text
from autograder.processes import one_thread_each
from autograder.solutions import load
from autograder.suite.calls import Player
from autograder.suite.collection import HiddenTest
from autograder.suite.examiner import Examiner
from autograder.suite.explain import Explainer
from autograder.suite.mistakes import Mistake, load_mistakes
from autograder.suite.players import InProcess
from autograder.suite.plugin import Sitting, reference_of

MISTAKE_SEEDS = 10
SLOW = 5
"""Slow tests, and the mistakes that they may reject, are tried on so many times fewer seeds."""


@dataclass(frozen=True)
class Finding:
    """Something that `verify` looked at, and whether it is as it should be."""

    holds: bool
    text: str


def verify_all(
    assignments: list[Assignment], seeds: int, unprotected: bool
) -> Iterator[list[Finding]]:
    """Check several assignments side by side, each in a process of its own."""
    check = functools.partial(_verified, seeds=seeds, unprotected=unprotected)
    if len(assignments) == 1:
        yield from map(check, assignments)
        return
    one_thread_each()
    fresh = multiprocessing.get_context("spawn")  # a fork would share a sandbox with its parent
    with ProcessPoolExecutor(min(len(assignments), os.cpu_count() or 1), fresh) as processes:
        yield from processes.map(check, assignments)


def _verified(assignment: Assignment, seeds: int, unprotected: bool) -> list[Finding]:
    return list(verify(assignment, grader_for(assignment, unprotected), seeds))


def verify(assignment: Assignment, grader: Grader, seeds: int = 200) -> Iterator[Finding]:
    """Check one assignment; yields a finding for each property."""
    with Examiner(assignment) as examiner:
        reference = InProcess(reference_of(assignment))
        yield _gets_full_marks(examiner, "the reference", reference, seeds)
        yield from _other_right_answers_pass(examiner, max(1, seeds // SLOW))
        yield from _mistakes_are_named(
            Explainer(examiner, load_mistakes(assignment), keeps_all=True)
        )
    yield _release_gets_nothing(assignment, grader)
    yield _notebooks_are_fresh(assignment)


def _other_right_answers_pass(examiner: Examiner, seeds: int) -> Iterator[Finding]:
    path = examiner.assignment.second_solutions
    if path.exists():
        text = f"{examiner.assignment.solutions_text}\n\n{read_text(path)}"
        second = InProcess(load(text, "the second implementation"))
        yield _gets_full_marks(examiner, "the second implementation", second, seeds)


def _gets_full_marks(examiner: Examiner, who: str, player: Player, seeds: int) -> Finding:
    failures = Counter[str]()
    for seed in range(seeds):
        sitting = _sitting(player, seed)
        for test in examiner.tests:
            if test.slow and seed % SLOW:
                continue
            if not examiner.run(test, sitting).passed:
                failures[f"{test.exercise}: {test.id}"] += 1
    worst = "; ".join(f"{name} fails on {n}" for name, n in failures.most_common(5))
    what = f"{who} gets full marks on {seeds} seeds"
    if any(test.slow for test in examiner.tests):
        what += f", in slow tests on {len(range(0, seeds, SLOW))}"
    return Finding(not failures, f"{what} ({worst})" if worst else what)


def _mistakes_are_named(explainer: Explainer) -> Iterator[Finding]:
    killed = set[HiddenTest]()
    rejected, named = Counter[Mistake](), Counter[Mistake]()
    slow = {test.exercise for test in explainer.examiner.tests if test.slow}
    few, many = MISTAKE_SEEDS // SLOW, MISTAKE_SEEDS
    seeds = {m: few if m.exercise in slow else many for m in explainer.mistakes}
    for seed in range(MISTAKE_SEEDS):
        for mistake in (m for m in explainer.mistakes if seed < seeds[m]):
            failed, is_named = _examine(explainer, mistake, seed)
            killed |= failed
            rejected[mistake] += bool(failed)
            named[mistake] += is_named
    for mistake, most in seeds.items():
        what = f"{mistake.exercise}, “{mistake.name}”"
        for verb, count in (("rejected", rejected[mistake]), ("named", named[mistake])):
            yield Finding(count == most, f"{what} is {verb} ({count} of {most} seeds)")
    for test in explainer.examiner.tests:
        yield Finding(test in killed, f"{test.exercise}, {test.id} rejects at least one mistake")


def _examine(explainer: Explainer, mistake: Mistake, seed: int) -> tuple[set[HiddenTest], bool]:
    sitting = _sitting(mistake.player, seed)
    tests = explainer.examiner.tests_of(mistake.exercise)
    outcomes = {test: explainer.outcome(test, mistake, sitting) for test in tests}
    failed = {test: outcome for test, outcome in outcomes.items() if not outcome.passed}
    found = explainer.mistakes_behind(failed, sitting)
    return set(failed), mistake in found.values()


def _release_gets_nothing(assignment: Assignment, grader: Grader) -> Finding:
    what = "the untouched release gets 0"
    if not assignment.release.exists():
        return Finding(False, f"{what}: {assignment.release} is missing")
    report = grader.grade(grader.read(assignment.release, "release"))
    return Finding(report.score == 0, f"{what} ({report.score:g} of {report.max_score:g})")


def _notebooks_are_fresh(assignment: Assignment) -> Finding:
    old = [str(path.relative_to(assignment.course.root)) for path in stale(assignment)]
    what = "the notebooks are what “layerwise build” makes"
    return Finding(not old, f"{what}; stale: {', '.join(old)}" if old else what)


def _sitting(player: Player, seed: int) -> Sitting:
    return Sitting(player, f"student-{seed}", f"{seed:x}")
