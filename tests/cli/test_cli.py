"""The command line: what it writes, and one line and status 1 where something can be mended."""

import copy
import json
import shutil
import sys
from concurrent.futures import Executor, Future

import pytest

from autograder import cli
from autograder.fleet.pool import Crew
from autograder.sandbox import SandboxUnavailable
from autograder.solutions import functions
from autograder.submission import grade_id
from autograder.verify import Finding

REPORT = {
    "student": str, "assignment": str, "submission": str, "suite": str, "seed": str,
    "score": float, "max_score": float, "exercises": list,
}  # fmt: skip
EXERCISE = {"id": str, "score": float, "max_score": float, "tests": list}
TEST = {
    "id": str, "title": str, "points": float, "earned": float, "status": str, "message": str,
    "mistake": str | None,
}  # fmt: skip
STATUSES = {
    "passed", "failed", "error", "timeout", "memory", "crashed", "exited", "flood",
    "breach", "missing", "follow-on",
}  # fmt: skip


class Here(Executor):
    """Does in this process, at once, what is submitted."""

    def submit(self, task, /, *args):
        future = Future()
        try:
            future.set_result(task(*args))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture
def layerwise(monkeypatch, capsys):
    """Run the command: its status, what it wrote, and what it complained of."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["layerwise", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        written = capsys.readouterr()
        return ended.value.code or 0, written.out, written.err

    return run


@pytest.fixture(scope="session")
def class_folder(released, release, tmp_path_factory):
    """The toy course with two submissions, one of them unreadable."""
    root = tmp_path_factory.mktemp("cli") / "course"
    shutil.copytree(released.course.root, root)
    notebook = copy.deepcopy(release)
    right = {name: function.source for name, function in functions(released.solutions).items()}
    for cell in notebook.cells:
        cell.source = right.get(grade_id(cell), cell.source)
    for student, content in {"ada": json.dumps(notebook), "bob": "PK"}.items():
        folder = root / "submitted" / student / "toy"
        folder.mkdir(parents=True)
        (folder / "toy.ipynb").write_text(content)
    return root


@pytest.fixture
def course_folder(class_folder, tmp_path):
    return shutil.copytree(class_folder, tmp_path / "course")


def one_line(result):
    """What a command complained of, when it ended with one line and status 1."""
    status, _, complaint = result
    assert status == 1
    assert complaint.startswith("layerwise: ")
    assert complaint.count("\n") == 1
    return complaint


def assert_has(found, schema):
    for key, kind in schema.items():
        value = found[key]
        assert isinstance(value, int | float if kind is float else kind), key


def test_grade_writes_the_table_and_the_reports(layerwise, course_folder, tmp_path, launch):
    file = tmp_path / "reports.json"
    status, shown, _ = layerwise("grade", "toy", "--course", course_folder, "--json", file)
    assert status == 0
    assert "12 / 12" in shown
    ada, bob = json.loads(file.read_text())
    assert (ada["student"], ada["score"], ada["max_score"]) == ("ada", 12, 12)
    assert (bob["student"], bob["score"], len(bob["flags"])) == ("bob", 0, 1)
    for report in (ada, bob):
        assert_has(report, REPORT)
        for exercise in report["exercises"]:
            assert_has(exercise, EXERCISE)
            for test in exercise["tests"]:
                assert_has(test, TEST)
                assert test["status"] in STATUSES


def test_grade_takes_one_student_and_another_folder(layerwise, course_folder, tmp_path, launch):
    elsewhere = tmp_path / "elsewhere"
    (course_folder / "submitted").rename(elsewhere)
    file = tmp_path / "reports.json"
    status, _, _ = layerwise(
        "grade", "toy", "--course", course_folder, "--submitted", elsewhere, "--student", "ada",
        "--json", file,
    )  # fmt: skip
    assert status == 0
    assert [report["student"] for report in json.loads(file.read_text())] == ["ada"]


COMMANDS = ["grade", "regrade", "feedback", "verify", "build", "demo"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["tyo", "../toy"])
def test_an_unknown_assignment_is_one_line_with_the_known_ones(
    layerwise, course_folder, command, name
):
    line = one_line(layerwise(command, name, "--course", course_folder))
    assert f"no assignment “{name}”" in line
    assert "known: toy" in line


def test_a_folder_that_is_no_course_is_one_line(layerwise, tmp_path):
    assert "known: none" in one_line(layerwise("grade", "toy", "--course", tmp_path))


def test_building_a_folder_that_is_no_course_is_one_line(layerwise, tmp_path):
    assert "assignment" in one_line(layerwise("build", "--course", tmp_path))


def test_an_unknown_student_is_one_line(layerwise, course_folder):
    line = one_line(layerwise("grade", "toy", "--course", course_folder, "--student", "eve"))
    assert "eve: no toy.ipynb was handed in (" in line


def test_no_submissions_are_one_line(layerwise, course_folder):
    shutil.rmtree(course_folder / "submitted")
    line = one_line(layerwise("grade", "toy", "--course", course_folder))
    assert "Nothing was handed in" in line


def test_a_course_without_configuration_is_one_line(layerwise, course_folder):
    (course_folder / "nbgrader_config.py").unlink()
    line = one_line(layerwise("grade", "toy", "--course", course_folder))
    assert "has no nbgrader_config.py" in line


def test_unbuilt_notebooks_are_one_line(layerwise, course_folder):
    shutil.rmtree(course_folder / "release")
    (course_folder / "source" / "toy" / "toy.ipynb").unlink()
    for command in (["grade", "toy"], ["verify", "toy"]):
        line = one_line(layerwise(*command, "--course", course_folder))
        assert "layerwise build" in line


def test_a_json_file_that_cannot_be_written_is_one_line(layerwise, course_folder, tmp_path, launch):
    file = tmp_path / "no" / "such" / "folder.json"
    result = layerwise("grade", "toy", "--course", course_folder, "--json", file)
    assert "folder.json" in one_line(result)


@pytest.mark.parametrize("command", [["grade", "toy"], ["regrade", "toy"], ["history", "ada"]])
def test_a_ledger_that_cannot_be_used_is_one_line_without_its_password(
    layerwise, course_folder, command
):
    url = "nosuch://grader:hunter2@db.example.org/grades"
    (course_folder / "layerwise.toml").write_text(f'[ledger]\nurl = "{url}"\n')
    line = one_line(layerwise(*command, "--course", course_folder))
    assert "nosuch://grader:***@db.example.org/grades" in line


def test_a_missing_sandbox_is_one_line(layerwise, course_folder, monkeypatch):
    def launcher(unprotected=False):
        raise SandboxUnavailable("bubblewrap is not installed: apt-get install bubblewrap")

    monkeypatch.setattr("autograder.graders.launcher", launcher)
    monkeypatch.setattr("autograder.fleet.local", lambda jobs: Crew(Here, jobs))
    for command in ("grade", "verify"):
        line = one_line(layerwise(command, "toy", "--course", course_folder))
        assert "apt-get install bubblewrap" in line


@pytest.mark.parametrize("command", ["grade", "verify", "build"])
def test_a_broken_suite_is_one_line(layerwise, course_folder, command):
    (course_folder / "tests" / "hidden" / "toy" / "test_summary.py").write_text("import nowhere\n")
    line = one_line(layerwise(command, "toy", "--course", course_folder))
    assert "No module named 'nowhere'" in line


def test_build_says_what_it_wrote(layerwise, course_folder):
    (course_folder / "release" / "toy" / "toy.ipynb").unlink()
    status, shown, _ = layerwise("build", "toy", "--course", course_folder)
    assert (status, shown) == (0, "wrote release/toy/toy.ipynb\n")
    assert (course_folder / "release" / "toy" / "toy.ipynb").exists()


def test_stale_notebooks_are_listed_and_refused(layerwise, course_folder, monkeypatch):
    monkeypatch.setattr("autograder.build.stale", lambda assignment: [assignment.release])
    result = layerwise("build", "--check", "--course", course_folder)
    assert result[1] == "stale release/toy/toy.ipynb\n"
    assert "layerwise build" in one_line(result)


def test_verify_counts_what_holds(layerwise, course_folder, launch):
    status, shown, _ = layerwise("verify", "toy", "--course", course_folder, "--seeds", "3")
    assert "wrong" not in shown
    assert status == 0
    assert shown.endswith("toy: 37 of 37 properties hold.\n")


def test_verify_fails_where_a_mistake_passes(layerwise, course_folder, launch):
    mistakes = course_folder / "tests" / "hidden" / "toy" / "mistakes.toml"
    text = mistakes.read_text().replace('buggy = "x + k"', 'buggy = "k * x"')
    mistakes.write_text(text)
    status, shown, _ = layerwise("verify", "toy", "--course", course_folder, "--seeds", "1")
    assert status == 1
    assert "wrong: scale_forward, “adds” is rejected (0 of 10 seeds)" in shown
    assert shown.endswith("toy: 35 of 37 properties hold.\n")


@pytest.mark.parametrize(
    ("body", "holds"), [("np.linalg.norm(x, axis=1)", True), ("abs(x).sum(axis=1)", False)]
)
def test_verify_fails_where_a_second_implementation_does_not_pass(
    layerwise, course_folder, launch, body, holds
):
    classroom = course_folder / "tests" / "classroom" / "toy"
    classroom.mkdir(parents=True)
    second = f"import numpy as np\n\ndef row_norms(x):\n    return {body}\n"
    (classroom / "complete.py").write_text(second)
    status, shown, _ = layerwise("verify", "toy", "--course", course_folder, "--seeds", "10")
    assert status == (0 if holds else 1)
    assert ("wrong: the second implementation gets full marks on 2 seeds" in shown) is not holds


def test_verify_names_the_case_of_a_parametrised_test(
    layerwise, course_folder, monkeypatch, launch
):
    findings = [Finding(False, "test_gradient[dk] rejects at least one mistake")]
    monkeypatch.setattr("autograder.verify.verify", lambda *_: findings)
    _, shown, _ = layerwise("verify", "toy", "--course", course_folder)
    assert "wrong: test_gradient[dk] rejects at least one mistake" in shown


@pytest.mark.parametrize(
    "arguments",
    [["grade"], ["grade", "toy", "--no-such"], ["grade", "toy", "--jobs", "0"], ["mark"]],
)
def test_wrong_usage_has_a_status_of_its_own(layerwise, arguments):
    assert layerwise(*arguments)[0] == 2


def test_help_names_the_commands(layerwise):
    status, shown, _ = layerwise("--help")
    assert status == 0
    assert all(name in shown for name in ("history", "doctor", *COMMANDS))


def test_the_demo_deletes_no_folder_but_its_own(layerwise, course_folder, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    for folder in (tmp_path / "mine", course_folder, course_folder.parent):
        status, _, complaint = layerwise(
            "demo", "toy", "--course", course_folder, "--folder", folder
        )
        assert status == 1
        assert "choose another --folder" in complaint
    assert (tmp_path / "mine" / "thesis.txt").exists()
    assert (course_folder / "solutions" / "toy.py").exists()
