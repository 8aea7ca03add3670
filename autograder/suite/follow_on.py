"""Answers as the reference would, if it stood on the student's other functions."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from autograder.layout import Assignment
from autograder.solutions import functions, load
from autograder.suite.calls import NOTHING, Answer, Given, Player
from autograder.suite.players import InProcess

FORWARD, BACKWARD = "_forward", "_backward"


def forwards_of(exercise: str) -> set[str]:
    """What the forward function may be called that a backward one shares its cache with."""
    name = exercise.removesuffix(BACKWARD)
    return {name, name + FORWARD}


class FollowOn:
    """Plays one exercise for the reference, and every other exercise for the student.

    The exercise's own function is the reference's, calling the student's functions in place of
    its own; so is the forward function of a backward one, because the two share a cache. An answer
    equal to these is right as far as this exercise goes: what is wrong with it was wrong before,
    and was punished there.
    """

    def __init__(self, exercise: str, assignment: Assignment, student: Player):
        self.exercise = exercise
        self.student = student
        self.functions = functions(assignment.solutions)
        mine = {exercise, *forwards_of(exercise)}
        names = [name for name in assignment.exercises if name not in mine]
        self.others = {name: self._function(name) for name in names}
        self.own = InProcess(load(assignment.solutions_text, "follow_on", self.others))
        self.used: set[str] = set()

    def perform(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], keep: tuple[int, ...]
    ) -> Answer:
        """Call the student's function, or the stand-in for the exercise's own."""
        if name.partition(".")[0] not in self.others:
            return self.own.perform(name, args, kwargs, keep)
        self.used.add(name)
        return self.student.perform(name, args, kwargs, keep)

    def twin(self, given: Given = NOTHING) -> AbstractContextManager[Player]:
        """A twin of the student's."""
        return self.student.twin(given)

    def _function(self, name: str) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.used.add(name)
            answer = self.student.perform(name, args, kwargs, self.functions[name].kept)
            if answer.error is not None:
                raise answer.error
            return answer.value

        return call
