"""The page of what is covered is made of the lecture's topics and the hidden suites."""

import pytest

from autograder import coverage
from autograder.layout import CourseError

TOPICS = '["Twice"]\n"Doubling" = ["double"]\n'
SOLUTIONS = '''
def double(x):
    """Double."""
    return 2 * x


def halve(x):
    """Halve."""
    return x / 2
'''
SUITE = """
from autograder.suite import points

@points({})
def test_it(student):
    student.double(1)
"""


@pytest.fixture
def covered(course):
    """A course with two exercises, and a list of topics."""

    def make(topics):
        made = course(SOLUTIONS, {"double": SUITE.format(2), "halve": SUITE.format(1.5)}).course
        (made.root / "docs").mkdir()
        (made.root / "docs" / "coverage.toml").write_text(topics)
        return made

    return make


def test_each_topic_names_its_exercises_and_their_points(covered):
    text = coverage.page(covered(TOPICS))
    link = "../tests/hidden/toy/test_{0}.py"
    assert f"| Twice | Doubling | [`double`]({link.format('double')}) (toy, 2) |" in text
    assert text.endswith(f"[`halve`]({link.format('halve')}) (toy, 1.5).\n")


@pytest.mark.parametrize(
    ("topics", "complaint"),
    [
        (TOPICS + '"Trebling" = []\n', "no exercise grades “Trebling”"),
        (TOPICS + '"Trebling" = ["treble"]\n', "no exercise is called treble"),
        ("[", "coverage.toml: "),
    ],
)
def test_a_topic_without_an_exercise_is_refused(covered, topics, complaint):
    with pytest.raises(CourseError, match=complaint):
        coverage.page(covered(topics))


def test_the_page_is_stale_until_it_is_built(covered):
    made = covered(TOPICS)
    (path,) = coverage.stale(made)
    assert coverage.build(made) == [path]
    assert coverage.stale(made) == []
    path.write_text(path.read_text() + "!")
    assert coverage.stale(made) == [path]


def test_a_course_without_a_list_of_topics_has_no_page(course):
    assert coverage.stale(course(SOLUTIONS, {"double": SUITE.format(1)}).course) == []
