"""layerwise doctor: what isolates on this machine, its proof, and what helps where it fails."""

import sys

import pytest

from autograder import cli
from autograder.sandbox import SandboxUnavailable
from autograder.sandbox.backends.unprotected import Unprotected


@pytest.fixture
def doctor(monkeypatch, capsys, built):
    """Run it with these ways to isolate: its status, and what it wrote in one line."""

    def run(ways=None):
        if ways is not None:
            monkeypatch.setattr("autograder.doctor.launchers", lambda: ways)
        monkeypatch.setattr(
            sys, "argv", ["layerwise", "doctor", "--course", str(built.course.root)]
        )
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code or 0, " ".join(capsys.readouterr().out.split())

    return run


def missing():
    raise SandboxUnavailable("it takes: apt-get install bubblewrap")


def test_a_machine_that_isolates_is_told_so(doctor, launch):
    status, shown = doctor({"other": missing, launch.name: lambda: launch})
    assert status == 0
    assert "apt-get install bubblewrap" in shown
    assert f"{launch.name} │ used; ready in" in shown
    assert "Student code is isolated." in shown
    assert "FAILS" not in shown


def test_a_machine_without_a_sandbox_is_told_what_helps(doctor):
    status, shown = doctor({"bubblewrap": missing})
    assert status == 1
    assert "apt-get install bubblewrap" in shown
    assert "Nothing is graded on this machine" in shown


def test_a_sandbox_that_does_not_hold_is_seen(doctor, monkeypatch):
    monkeypatch.setattr("autograder.sandbox.proofs.EXCESSES", {})  # not on the bare machine
    status, shown = doctor({"leaky": Unprotected})
    assert status == 1
    assert "FAILS │" in shown
    assert "Do not grade on this machine." in shown
