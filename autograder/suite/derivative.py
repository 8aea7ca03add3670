"""Answers as a backward function would, if it were the derivative of the student's forward one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.layout import Assignment
from autograder.suite.calls import Answer, Player, StudentError
from autograder.suite.follow_on import FollowOn
from autograder.suite.players import InProcess
from autograder.suite.plugin import reference_of
from autograder.suite.values import ALIKE, same

STEP = 1e-5
_Pair = tuple[tuple[np.ndarray, np.ndarray], ...]
"""Two arguments, one on either side, and the answers to them."""


@dataclass(frozen=True)
class _Forward:
    """A forward call of the student's, which can be repeated at other arguments."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    keep: tuple[int, ...]
    value: Any

    def made(self, cache: object) -> bool:
        return isinstance(self.value, list | tuple) and any(v is cache for v in self.value)


class Derivative(FollowOn):
    """Plays a backward function as the derivative of the student's forward one.

    It is taken by central differences, of a twin of the student who is never told `dout`: a
    forward function that knew it could steer the differences towards any gradient. Nor must it
    gain from knowing that it is differentiated: further twins, asked a single thing each, have to
    agree.
    """

    def __init__(self, exercise: str, assignment: Assignment, student: Player):
        super().__init__(exercise, assignment, student)
        self.forwards: list[_Forward] = []

    def perform(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], keep: tuple[int, ...]
    ) -> Answer:
        """Call the student's function, or differentiate it."""
        if name == self.exercise:
            return self._derivative(*args)
        self.used.add(name)
        answer = self.student.perform(name, args, kwargs, keep)
        self.forwards.append(_Forward(name, args, kwargs, keep, answer.value))
        return answer

    def _derivative(self, dout: np.ndarray, cache: object) -> Answer:
        forward = self._made(cache)
        if forward is None or forward.value[0].shape != dout.shape:
            return Answer(error=StudentError("ValueError", "no usable forward made this cache"))
        return self._differentiated(forward, dout, cache)

    def _made(self, cache: object) -> _Forward | None:
        """The forward call that made a cache, if it gave an array."""
        forward = next((f for f in self.forwards if f.made(cache)), None)
        return forward if forward and _is_real_array(forward.value[0]) else None

    def _differentiated(self, forward: _Forward, dout: np.ndarray, cache: object) -> Answer:
        slots = [i for i, arg in enumerate(forward.args) if _is_real_array(arg)]
        with self.student.twin() as twin:
            pairs = {slot: _neighbours(twin, forward, slot) for slot in slots}
            alike = same(_output(twin, forward, 0, forward.args[0]), forward.value[0])
        if not (alike and all(self._says_again(forward, *pair) for pair in pairs.items())):
            return Answer(error=StudentError("LookupError", "forward gave another answer"))
        gradients = tuple(_gradient(forward.args[i], pairs[i], dout) for i in slots)
        value = gradients if len(gradients) > 1 else gradients[0]
        return Answer(value, after=((dout, cache), {}))

    def _says_again(self, forward: _Forward, slot: int, pairs: list[_Pair]) -> bool:
        """Whether twins that are asked nothing else say the same, for a pair picked at random.

        One that has seen the neighbouring points knows around which point it is differentiated.
        """
        return all(self._says(forward, slot, *spot) for spot in secrets.choice(pairs or [()]))

    def _says(self, forward: _Forward, slot: int, value: np.ndarray, out: np.ndarray) -> bool:
        with self.student.twin() as twin:
            return same(_output(twin, forward, slot, value), out)


class OwnShape(Derivative):
    """Gives the right gradients for those that are right for a forward function of another shape.

    The test's own `dout` has the shape of the right answer, so the student is asked with another.
    """

    def __init__(self, exercise: str, assignment: Assignment, student: Player):
        super().__init__(exercise, assignment, student)
        self.kept = self.functions[exercise].kept
        self.reference = InProcess(reference_of(assignment))

    def _derivative(self, dout: np.ndarray, cache: object) -> Answer:
        forward = self._made(cache)
        if forward is None or forward.value[0].shape == dout.shape:
            return self.student.perform(self.exercise, (dout, cache), {}, self.kept)
        drawn = np.random.default_rng().standard_normal(forward.value[0].shape)
        mine = self.student.perform(self.exercise, (drawn, cache), {}, self.kept)
        own = self._differentiated(forward, drawn, cache)
        usable = own.error is None and mine.error is None and _none_is_zero(own.value)
        return self._right(forward, dout) if usable and same(mine.value, own.value, ALIKE) else mine

    def _right(self, forward: _Forward, dout: np.ndarray) -> Answer:
        made = self.reference.perform(forward.name, forward.args, forward.kwargs, forward.keep)
        cache = made.value[forward.keep[0]]
        return self.reference.perform(self.exercise, (dout, cache), {}, self.kept)


def _none_is_zero(gradients: Any) -> bool:
    parts = gradients if isinstance(gradients, tuple) else (gradients,)
    return all(np.any(part) for part in parts)


def _neighbours(student: Player, forward: _Forward, slot: int) -> list[_Pair]:
    """For every entry of an argument: the arguments a step away from it, and the answers there."""
    at = forward.args[slot]
    pairs: list[_Pair] = []
    for index in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[index] = STEP
        after, before = at + step, at - step
        pairs.append(tuple((v, _output(student, forward, slot, v)) for v in (after, before)))
    return pairs


def _gradient(at: np.ndarray, pairs: list[_Pair], dout: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):  # the student's answers may be anything
        sums = [((after - before) * dout).sum() for (_, after), (_, before) in pairs]
        return np.reshape(sums, at.shape) / (2 * STEP)


def _output(student: Player, forward: _Forward, slot: int, value: np.ndarray) -> np.ndarray:
    args = (*forward.args[:slot], value, *forward.args[slot + 1 :])
    answer = student.perform(forward.name, args, forward.kwargs, forward.keep)
    if answer.error is not None:
        raise answer.error
    out = answer.value[0]
    if not _is_real_array(out) or out.shape != forward.value[0].shape:
        raise StudentError("ValueError", "forward gave another form of answer")
    return np.asarray(out)


def _is_real_array(value: object) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"
