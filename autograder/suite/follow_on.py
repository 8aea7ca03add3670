"""Answers as the reference would, if it stood on the student's other functions."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.solutions import load
from autograder.suite.players import InProcess
from autograder.suite.student import Answer, Player, StudentError
from autograder.suite.values import same

STEP = 1e-5


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


class FollowOn:
    """Plays one exercise for the reference, and every other exercise for the student.

    The exercise's own function is the reference's, calling the student's functions in place of
    its own; a backward function is the derivative of the student's forward function, by central
    differences. An answer equal to these is right as far as this exercise goes: what is wrong
    with it was wrong before, and was punished there.

    The derivative is taken of a twin of the student, who is never told `dout`: a forward function
    that knew it could steer the differences towards any gradient.
    """

    def __init__(self, exercise: str, reference: str, exercises: list[str], student: Player):
        self.exercise = exercise
        self.student = student
        others = {name: self._function(name) for name in exercises if name != exercise}
        self.own = InProcess(load(reference, "follow_on", others))
        self.forwards: list[_Forward] = []
        self.used: set[str] = set()

    def perform(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], keep: tuple[int, ...]
    ) -> Answer:
        """Call the student's function, or the stand-in for the exercise's own."""
        if name != self.exercise:
            self.used.add(name)
            answer = self.student.perform(name, args, kwargs, keep)
            self.forwards.append(_Forward(name, args, kwargs, keep, answer.value))
            return answer
        if name.endswith("_backward"):
            return self._derivative(*args)
        return self.own.perform(name, args, kwargs, keep)

    def twin(self) -> AbstractContextManager[Player]:
        """A twin of the student's."""
        return self.student.twin()

    def _function(self, name: str) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.used.add(name)
            answer = self.student.perform(name, args, kwargs, ())
            if answer.error is not None:
                raise answer.error
            return answer.value

        return call

    def _derivative(self, dout: np.ndarray, cache: object) -> Answer:
        forward = next((f for f in self.forwards if f.made(cache)), None)
        if forward is None:
            return Answer(error=StudentError("LookupError", "no forward call made this cache"))
        if not _is_real_array(forward.value[0]) or forward.value[0].shape != dout.shape:
            return Answer(error=StudentError("ValueError", "forward is not usable"))
        slots = [i for i, arg in enumerate(forward.args) if _is_real_array(arg)]
        with self.student.twin() as twin:
            gradients = tuple(_gradient(twin, forward, slot, dout) for slot in slots)
            if not same(_output(twin, forward, 0, forward.args[0]), forward.value[0]):
                return Answer(error=StudentError("LookupError", "forward gave another answer"))
        return Answer(gradients, after=((dout, cache), {}))


def _gradient(student: Player, forward: _Forward, slot: int, dout: np.ndarray) -> np.ndarray:
    at = forward.args[slot]
    gradient = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[index] = STEP
        after, before = (_output(student, forward, slot, at + s) for s in (step, -step))
        with np.errstate(all="ignore"):  # the student's answers may be anything
            gradient[index] = ((after - before) * dout).sum() / (2 * STEP)
    return gradient


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
