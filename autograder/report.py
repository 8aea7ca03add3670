"""What grading finds out: plain data, from one test to one submission."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

Status = Literal[
    "passed", "follow-on", "failed", "error", "missing",
    "timeout", "memory", "crashed", "exited", "flood", "breach",
]  # fmt: skip


@dataclass(frozen=True)
class TestReport:
    """One hidden test: what it looked at, what it is worth, what came out."""

    __test__ = False  # keeps pytest from collecting a class of this name

    id: str
    title: str
    points: float
    earned: float
    status: Status
    message: str = ""
    mistake: str | None = None
    hint: str = ""
    printed: str = ""
    """What the student's code printed in this test's calls; for the instructor only."""


@dataclass(frozen=True)
class ExerciseReport:
    """All hidden tests of one exercise."""

    id: str
    tests: tuple[TestReport, ...]

    @property
    def score(self) -> float:
        """Points earned."""
        return sum(test.earned for test in self.tests)

    @property
    def max_score(self) -> float:
        """Points to be had."""
        return sum(test.points for test in self.tests)


@dataclass(frozen=True)
class GradeReport:
    """One submission, graded."""

    student: str
    assignment: str
    submission: str
    suite: str
    seed: str
    exercises: tuple[ExerciseReport, ...]
    flags: tuple[str, ...] = ()
    seconds: float = 0.0
    isolation: str = ""
    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict, repr=False)
    """What the cells of the notebook put out, by position."""

    @property
    def score(self) -> float:
        """Points earned."""
        return sum(exercise.score for exercise in self.exercises)

    @property
    def max_score(self) -> float:
        """Points to be had."""
        return sum(exercise.max_score for exercise in self.exercises)

    def exercise(self, name: str) -> ExerciseReport:
        """The report of one exercise."""
        return next(e for e in self.exercises if e.id == name)

    def to_json(self) -> dict[str, Any]:
        """The machine-readable result; without what the cells put out."""
        return {
            "student": self.student,
            "assignment": self.assignment,
            "submission": self.submission,
            "suite": self.suite,
            "seed": self.seed,
            "score": self.score,
            "max_score": self.max_score,
            "isolation": self.isolation,
            "seconds": self.seconds,
            "flags": list(self.flags),
            "exercises": [
                {
                    "id": exercise.id,
                    "score": exercise.score,
                    "max_score": exercise.max_score,
                    "tests": [asdict(test) for test in exercise.tests],
                }
                for exercise in self.exercises
            ],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> GradeReport:
        """Undo `to_json`; with what the cells put out, if that is there as well."""
        outputs = {int(at): shown for at, shown in data.get("outputs", {}).items()}
        exercises = tuple(map(_exercise, data["exercises"]))
        told = {"exercises": exercises, "flags": tuple(data["flags"]), "outputs": outputs}
        return cls(**{**_known(cls, data), **told})


def _exercise(data: dict[str, Any]) -> ExerciseReport:
    tests = (TestReport(**_known(TestReport, test)) for test in data["tests"])
    return ExerciseReport(data["id"], tuple(tests))


def _known(kind: type[Any], data: dict[str, Any]) -> dict[str, Any]:
    """The fields that this version knows; a ledger may hold reports of a newer one."""
    return {field.name: data[field.name] for field in fields(kind) if field.name in data}
