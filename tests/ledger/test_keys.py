"""The key of a report changes with all that decides a grade, and with nothing else."""

import shutil

import pytest

from autograder import environment
from autograder.recorded import books_of
from autograder.sandbox import Limits


@pytest.fixture
def key(toy):
    """The key of a submission of ada, as the course is on disk now."""

    def of(submission="a" * 64, student="ada", **settings):
        assignment = toy.course.fresh().assignment("toy")
        return books_of(assignment, **settings).key(student, submission)

    return of


def edit(path, old, new):
    content = path.read_text()
    assert old in content
    path.write_text(content.replace(old, new, 1))


def stricter_test(toy, _):
    edit(toy.hidden / "test_summary.py", "rng.standard_normal(7)", "rng.standard_normal(8)")


def another_test(toy, _):
    shutil.copy(toy.hidden / "test_summary.py", toy.hidden / "test_more.py")


def shared_fixture(toy, _):
    (toy.hidden / "conftest.py").write_text("SIZE = 3\n")


def data_of_a_test(toy, _):
    (toy.hidden / "cases").mkdir()
    (toy.hidden / "cases" / "hard.json").write_text("[1, 2]\n")


def no_test(toy, _):
    (toy.hidden / "test_unit_rows.py").unlink()


def reference(toy, _):
    edit(toy.solutions, "x.mean()", "x.sum() / x.size")


def mistakes(toy, _):
    edit(toy.mistakes, "Divide.", "Divide by what?")


def notebook(toy, _):
    edit(toy.notebook, "print(row_norms", "print(2 * row_norms")


def limits(toy, _):
    (toy.course.root / "layerwise.toml").write_text("[limits]\ncall_seconds = 3\n")


def secret(toy, _):
    (toy.course.root / ".course-secret").write_text("another secret, and a long one at that")


def versions(_, monkeypatch):
    monkeypatch.setattr(environment, "_versions", lambda: {"numpy": "3.0.0"})


def kit(_, monkeypatch):
    monkeypatch.setattr(environment, "_kit", lambda: "0" * 64)


@pytest.mark.parametrize("change", [
    stricter_test, another_test, shared_fixture, data_of_a_test, no_test, reference, mistakes,
    notebook, limits, secret, versions, kit,
])  # fmt: skip
def test_what_decides_a_grade_changes_the_key(toy, key, monkeypatch, change):
    before = key()
    change(toy, monkeypatch)
    assert key() != before


@pytest.mark.parametrize("limit", list(Limits.__dataclass_fields__))
def test_every_limit_changes_the_key(toy, key, limit):
    before = key()
    more = 2 * getattr(Limits, limit)
    (toy.course.root / "layerwise.toml").write_text(f"[limits]\n{limit} = {more}\n")
    assert key() != before


def test_submission_student_and_protection_change_the_key(key):
    keys = {key(), key(submission="b" * 64), key(student="bob"), key(unprotected=True)}
    assert len(keys) == 4


def ledger_elsewhere(toy):
    url = f"sqlite:///{toy.course.root}/other.db"
    (toy.course.root / "layerwise.toml").write_text(f'[ledger]\nurl = "{url}"\n')


def usual_limits(toy):
    usual = Limits.call_seconds
    (toy.course.root / "layerwise.toml").write_text(f"[limits]\ncall_seconds = {usual}\n")


def same_text(toy):
    toy.solutions.write_text(toy.solutions.read_text())


def compiled(toy):
    (toy.hidden / "__pycache__").mkdir(exist_ok=True)
    (toy.hidden / "__pycache__" / "test_summary.pyc").write_bytes(b"anything")


def editor(toy):
    (toy.hidden / ".test_summary.py.swp").write_text("anything")


def text_of_the_author(toy):
    edit(toy.text, "Two sentences.", "Three sentences.")


def release(toy):
    toy.release.unlink()


def another_assignment(toy):
    shutil.copy(toy.solutions, toy.solutions.with_name("other.py"))


@pytest.mark.parametrize("change", [
    ledger_elsewhere, usual_limits, same_text, compiled, editor, text_of_the_author, release,
    another_assignment,
])  # fmt: skip
def test_nothing_else_changes_the_key(toy, key, change):
    before = key()
    change(toy)
    assert key() == before


def test_a_course_that_moves_keeps_its_keys(toy, key, tmp_path):
    before = key()
    moved = shutil.copytree(toy.course.root, tmp_path / "moved")
    assignment = type(toy.course)(moved).assignment("toy")
    assert books_of(assignment).key("ada", "a" * 64) == before
