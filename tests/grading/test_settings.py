"""The limits of layerwise.toml are read, and what is wrong with them is said."""

import pytest

from autograder.layout import Course, CourseError
from autograder.sandbox import Limits
from autograder.settings import read_limits


@pytest.fixture
def limits(tmp_path):
    def read(text):
        (tmp_path / "layerwise.toml").write_text(text, encoding="utf-8")
        return read_limits(Course(tmp_path))

    return read


def test_without_a_file_the_defaults_hold(tmp_path):
    assert read_limits(Course(tmp_path)) == Limits()


def test_limits_are_read_and_the_rest_stays(limits):
    assert limits("[limits]\ncall_seconds = 2\nmemory = 5e8\n") == Limits(
        call_seconds=2.0, memory=500_000_000
    )


@pytest.mark.parametrize("text", ["", "[limits]\n"])
def test_what_is_not_said_is_not_changed(limits, text):
    assert limits(text) == Limits()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[limits]\nseconds = 2\n", "unknown limit “seconds” (known: call_seconds, "),
        ("[limits]\ncall_seconds = '2'\n", "“call_seconds” must be a positive number"),
        ("[limits]\ncall_seconds = true\n", "“call_seconds” must be a positive number"),
        ("[limits]\nmemory = 0\n", "“memory” must be a positive number"),
        ("[limits]\nmemory = 1000\n", "“memory” must be at least 268435456"),
        ("[limits]\nmemory = -1\n", "“memory” must be a positive number"),
        ("[limits]\nendings = 0.5\n", "“endings” must be a positive"),
        ("[limits]\nmemory = inf\n", "“memory” must be"),
        (f"[limits]\nmemory = {2**64}\n", "“memory” must be at most 1e+18"),
        (f"[limits]\nmemory = {'9' * 5000}\n", "digits"),
        ("[limits]\ncall_seconds = nan\n", "“call_seconds” must be"),
        ("[limit]\nmemory = 1\n", "below a line “[limits]”"),
        ("memory = 1\n", "below a line “[limits]”"),
        ("[limits\n", "layerwise.toml: "),
        ("limits = 3\n", "layerwise.toml: "),
    ],
)
def test_what_is_wrong_is_one_line_that_names_the_file(limits, text, said):
    with pytest.raises(CourseError) as caught:
        limits(text)
    assert said in str(caught.value)
    assert "layerwise.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_limit_of_the_course_holds_when_grading(toy, launch, grade):
    from autograder.graders import grader_for

    (toy.course.root / "layerwise.toml").write_text("[limits]\nnotebook_size = 100\n")
    report = grade("", by=grader_for(toy))
    assert "at most" in report.flags[0]
