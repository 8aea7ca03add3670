"""Answers with those of a student's gradients that are right for their own forward function."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.layout import Assignment
from autograder.suite.calls import Answer, Player, StudentError
from autograder.suite.differences import Difference, ForwardCall, is_derivative
from autograder.suite.follow_on import FollowOn
from autograder.suite.likeness import as_alive
from autograder.suite.players import InProcess
from autograder.suite.plugin import reference_of
from autograder.suite.values import same


class Derivative(FollowOn):
    """Plays a backward function with the student's gradients, where the forward one has them.

    What is not the derivative of the forward function is None. That is found by central differences
    of a twin of the student who is never told `dout`: a forward function that knew it could steer
    the differences towards any gradient. Nor must it gain from knowing that it is differentiated:
    further twins, asked a single thing each, have to agree.
    """

    def __init__(self, exercise: str, assignment: Assignment, student: Player):
        super().__init__(exercise, assignment, student)
        self.kept = self.functions[exercise].kept
        self.forwards: list[ForwardCall] = []

    def perform(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], keep: tuple[int, ...]
    ) -> Answer:
        """Call the student's function; of a backward one, answer with what is right."""
        if name == self.exercise:
            return self._backward(*args)
        self.used.add(name)
        answer = self.student.perform(name, args, kwargs, keep)
        self.forwards.append(ForwardCall(name, args, kwargs, keep, answer.value))
        return answer

    def _backward(self, dout: np.ndarray, cache: object) -> Answer:
        forward = self._made(cache)
        if forward is None or forward.value[0].shape != dout.shape:
            return Answer(error=StudentError("ValueError", "no usable forward made this cache"))
        mine = self._after(forward, dout, self.student)
        right = self._right_ones(forward, dout, _gradients(mine))
        return Answer(right if len(right) > 1 else right[0], after=((dout, cache), {}))

    def _after(self, forward: ForwardCall, dout: np.ndarray, player: Player) -> Answer:
        """What backward answers after the same forward call: older caches went with a worker."""
        arguments = dout, forward.cache_again(player)
        return player.perform(self.exercise, arguments, {}, self.kept)

    def _made(self, cache: object) -> ForwardCall | None:
        """The forward call that made a cache, if it gave an array."""
        return next((f for f in self.forwards if f.made(cache)), None)

    def _right_ones(
        self, forward: ForwardCall, dout: np.ndarray, gradients: tuple[Any, ...]
    ) -> tuple[np.ndarray | None, ...]:
        """The gradients by the arrays that were passed forward, None for what is wrong."""
        slots = forward.arrays()
        if len(gradients) != len(slots):
            return (None,)
        with self.student.twin() as twin:
            found = {slot: forward.differences(twin, slot) for slot in slots}
            alike = same(forward.output(twin, 0, forward.args[0]), forward.value[0])
        if not (alike and all(self._says_again(forward, *pair) for pair in found.items())):
            return (None,)
        pairs = zip(gradients, found.values(), strict=True)
        return tuple(g if is_derivative(g, around, dout) else None for g, around in pairs)

    def _says_again(self, forward: ForwardCall, slot: int, differences: list[Difference]) -> bool:
        """Whether twins that are asked nothing else say the same, for one picked at random.

        One that has seen the neighbouring points knows around which point it is differentiated.
        """
        sides = secrets.choice(differences).sides
        return all(self._says(forward, slot, *side) for side in sides)

    def _says(self, forward: ForwardCall, slot: int, value: np.ndarray, out: np.ndarray) -> bool:
        with self.student.twin() as twin:
            return same(forward.output(twin, slot, value), out)


class OwnForward(Derivative):
    """Gives the right gradients for those that are right for the student's own forward function.

    Where that one answers in another shape, the test's `dout` does not fit it, and the student is
    asked with another. Without these, `said` is what the student has answered.
    """

    def __init__(self, exercise: str, assignment: Assignment, student: Player):
        super().__init__(exercise, assignment, student)
        self.reference = InProcess(reference_of(assignment))
        self.said: list[Answer | None] = []

    def _backward(self, dout: np.ndarray, cache: object) -> Answer:
        forward = self._made(cache)
        if forward is None:
            self.said.append(None)
            return self.student.perform(self.exercise, (dout, cache), {}, self.kept)
        shape = forward.value[0].shape
        fits = shape == dout.shape
        asked = dout if fits else np.random.default_rng().standard_normal(shape)
        mine = self._after(forward, asked, self.student)
        self.said.append(mine if fits else None)
        right = _gradients(self._after(forward, dout, self.reference))
        good = self._right_ones(forward, asked, _gradients(mine))
        return replace(mine, value=_exchanged(mine.value, good, right))


def _exchanged(mine: Any, good: tuple[Any, ...], right: tuple[Any, ...]) -> Any:
    """An answer with the right gradients for the good ones."""
    if len(good) != len(right):
        return mine
    parts = mine if isinstance(mine, list | tuple) else (mine,)
    rows = zip(parts, good, right, strict=True)
    values = [r if g is not None and as_alive(g, r) else m for m, g, r in rows]
    return values if isinstance(mine, list | tuple) else values[0]


def _gradients(answer: Answer) -> tuple[Any, ...]:
    if answer.error is not None:
        return ()
    return tuple(answer.value) if isinstance(answer.value, list | tuple) else (answer.value,)
