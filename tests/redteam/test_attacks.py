"""No attack by a student's code gains points, learns a secret, or harms what is outside."""

import pytest

from . import attack

ATTACKS = sorted(attack.FOLDER.glob("*.py"))


@pytest.mark.parametrize("path", ATTACKS, ids=[path.stem for path in ATTACKS])
def test_an_attack_gains_and_harms_nothing(path, arena, grade, release, right, unharmed, patience):
    tried = attack.read(path, arena.places())
    with unharmed():
        report, seen = grade(tried.notebook(release, right))
    assert arena.leaks(seen) == []
    for exercise in report.exercises:
        statuses = {test.status for test in exercise.tests}
        if exercise.id == tried.aims:
            assert exercise.score == 0, statuses
            assert statuses <= tried.expect, [test.message for test in exercise.tests]
        elif exercise.id not in tried.costs:
            said = [test.message for test in exercise.tests]
            assert exercise.score == exercise.max_score, (exercise.id, statuses, said)
    assert report.seconds < tried.seconds * patience
