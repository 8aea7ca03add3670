"""`[ledger] url` in layerwise.toml says where the reports are kept."""

import pytest

from autograder.errors import CourseError
from autograder.layout import Course
from autograder.recorded import books_of
from autograder.settings import ledger_url, read_limits


def write(folder, text):
    (folder / "layerwise.toml").write_text(text)
    return Course(folder)


def test_without_a_url_the_ledger_is_a_file_of_the_course(tmp_path):
    assert ledger_url(Course(tmp_path)) == f"sqlite:///{tmp_path}/ledger.db"
    course = write(tmp_path, "[limits]\ncall_seconds = 3\n")
    assert ledger_url(course) == f"sqlite:///{tmp_path}/ledger.db"


def test_a_url_is_taken_as_it_stands_beside_limits(tmp_path):
    url = "postgresql+psycopg2://grader:hunter2@db.example.org/grades"
    course = write(tmp_path, f'[ledger]\nurl = "{url}"\n[limits]\ncall_seconds = 3\n')
    assert ledger_url(course) == url
    assert read_limits(course).call_seconds == 3


@pytest.mark.parametrize("driver", ["sqlite", "sqlite+pysqlite"])
def test_a_relative_path_is_one_of_the_course(tmp_path, driver):
    course = write(tmp_path, f'[ledger]\nurl = "{driver}:///own/grades.db"\n')
    assert ledger_url(course) == f"{driver}:///{tmp_path}/own/grades.db"


def test_the_books_are_kept_there(toy, tmp_path, report_of):
    write(toy.course.root, f'[ledger]\nurl = "sqlite:///{tmp_path}/elsewhere.db"\n')
    books = books_of(toy)
    books.ledger.add(books.key("ada", "a" * 64), report_of())
    assert (tmp_path / "elsewhere.db").exists()
    assert not (toy.course.root / "ledger.db").exists()


def test_a_ledger_that_is_named_goes_before_the_settings(toy, tmp_path):
    assert books_of(toy, url=f"sqlite:///{tmp_path}/named.db").ledger.database.url.database == str(
        tmp_path / "named.db"
    )


@pytest.mark.parametrize("text", [
    "[ledger]\nurl = 3\n", "[ledger]\nfile = 'x'\n", "[ledger]\nurl = 'x'\npassword = 'hunter2'\n",
    "ledger = 'sqlite:///x'\n", "url = 'sqlite:///x'\n", "[ledgers]\nurl = 'x'\n",
    "[[ledger]]\nurl = 'x'\n", "[ledger\n",
])  # fmt: skip
def test_any_other_setting_is_one_line(tmp_path, text):
    with pytest.raises(CourseError) as complaint:
        ledger_url(write(tmp_path, text))
    assert str(complaint.value).startswith(f"{tmp_path}/layerwise.toml: ")
    assert "hunter2" not in str(complaint.value)
    assert "\n" not in str(complaint.value)
