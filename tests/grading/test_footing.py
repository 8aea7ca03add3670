"""What is wrong may be replaced by right functions; what was forgiven may also stay as it is."""

from autograder.footing import Footing
from autograder.report import ExerciseReport, TestReport


def report(name, *statuses):
    tests = [
        TestReport(str(i), "", 1.0, float(status in ("passed", "follow-on")), status, "")
        for i, status in enumerate(statuses)
    ]
    return ExerciseReport(name, tuple(tests))


def test_what_was_forgiven_is_tried_both_ways():
    footing = Footing(None, None)
    footing.add(report("right", "passed"), [])
    assert footing.helpers == [set()]
    footing.add(report("wrong", "passed", "failed"), [])
    assert footing.helpers == [{"wrong"}]
    footing.add(report("forgiven", "passed", "follow-on"), [])
    assert footing.helpers == [{"wrong", "forgiven"}, {"wrong"}]
