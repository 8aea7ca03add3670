"""Differentiates a student's forward function along random directions."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.suite.calls import Player, StudentError
from autograder.suite.values import ALIKE, close

STEP = 1e-5
DIRECTIONS = 8
"""So many central differences for a gradient: a wrong one has to be right along each, by chance."""


@dataclass(frozen=True)
class Difference:
    """A random direction for an argument, and the answers on either side along it."""

    direction: np.ndarray
    sides: tuple[tuple[np.ndarray, np.ndarray], ...]

    def along(self, dout: np.ndarray) -> float:
        """The derivative of sum(out * dout) in this direction."""
        (_, after), (_, before) = self.sides
        return float(((after - before) * dout).sum() / (2 * STEP))


@dataclass(frozen=True)
class ForwardCall:
    """A call of a student's forward function, which can be repeated at other arguments."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    keep: tuple[int, ...]
    value: Any

    def made(self, cache: object) -> bool:
        """Whether it returned an array and this cache."""
        returned = isinstance(self.value, list | tuple) and any(v is cache for v in self.value)
        return returned and is_real_array(self.value[0])

    def arrays(self) -> list[int]:
        """Which of its arguments are arrays that a gradient belongs to."""
        return [i for i, arg in enumerate(self.args) if is_real_array(arg)]

    def cache_again(self, player: Player) -> object:
        """A cache for the same arguments, made by this player."""
        answer = player.perform(self.name, self.args, self.kwargs, self.keep)
        if answer.error is not None:
            raise answer.error
        if not isinstance(answer.value, list | tuple) or len(answer.value) != len(self.value):
            raise _other_form()
        return answer.value[self.keep[0]]

    def output(self, player: Player, slot: int, value: np.ndarray) -> np.ndarray:
        """What comes out with another value for one of the arguments."""
        args = (*self.args[:slot], value, *self.args[slot + 1 :])
        answer = player.perform(self.name, args, self.kwargs, self.keep)
        if answer.error is not None:
            raise answer.error
        out = answer.value[0]
        if not is_real_array(out) or out.shape != self.value[0].shape:
            raise _other_form()
        return np.asarray(out)

    def differences(self, player: Player, slot: int) -> list[Difference]:
        """What happens on either side of one of the arguments, along random directions."""
        at = self.args[slot]
        rng = np.random.default_rng(secrets.randbits(128))
        found = []
        for direction in rng.standard_normal((DIRECTIONS, *at.shape)):
            values = at + STEP * direction, at - STEP * direction
            sides = tuple((value, self.output(player, slot, value)) for value in values)
            found.append(Difference(direction, sides))
        return found


def is_derivative(gradient: Any, differences: list[Difference], dout: np.ndarray) -> bool:
    """Whether a gradient gives the derivative of sum(out * dout) along all directions."""
    direction = differences[0].direction
    if not is_real_array(gradient) or gradient.shape != direction.shape:
        return False
    with np.errstate(all="ignore"):  # the student's answers may be anything
        claimed = np.array([(gradient * d.direction).sum() for d in differences])
        found = np.array([d.along(dout) for d in differences])
    return close(claimed, found, ALIKE)


def is_real_array(value: object) -> bool:
    """Whether a value is an array of real numbers."""
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _other_form() -> StudentError:
    return StudentError("ValueError", "forward gave another form of answer")
