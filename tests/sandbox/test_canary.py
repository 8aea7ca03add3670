"""The canary holds in every sandbox, and every one of its findings can fail."""

from pathlib import Path

import pytest

from autograder.sandbox import Limits, SandboxUnavailable, canary, proofs
from autograder.sandbox.backends.unprotected import Unprotected

SECRETS = [Path(__file__), Path(__file__).parent]


def test_nothing_that_is_hidden_is_in_reach(launch):
    assert [finding for finding in canary.look(launch, SECRETS) if not finding.holds] == []
    canary.require(launch, SECRETS)


def test_without_a_sandbox_everything_is_in_reach():
    assert [f.what for f in canary.look(Unprotected(), SECRETS) if f.holds] == []
    with pytest.raises(SandboxUnavailable, match="Nothing is graded: from inside"):
        canary.require(Unprotected(), SECRETS)


def test_looking_leaves_nothing_behind(tmp_path):
    canary.look(Unprotected(), [tmp_path])
    assert list(tmp_path.iterdir()) == []


def test_every_limit_stops_what_exceeds_it(launch):
    tried = list(proofs.limits(launch, Limits()))
    assert [proof.limit for proof in tried if not proof.holds] == []
    assert {"call_seconds", "memory", "tmpfs"} <= {proof.limit for proof in tried}


def test_a_limit_that_does_not_hold_is_seen(monkeypatch):
    monkeypatch.setattr(proofs, "EXCESSES", {"open_files": "return 'all is well'"})
    (proof,) = proofs.limits(Unprotected(), Limits())
    assert (proof.holds, proof.ended) == (False, "was not stopped")
