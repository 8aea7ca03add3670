"""Who failed can be read where many did."""

from autograder.fleet.failures import told


def test_one_student_is_one_line():
    assert told({"bob": "grading failed."}) == "bob: grading failed."


def test_students_with_the_same_reason_share_a_line_and_the_commonest_comes_first():
    many = {f"s{number:03}": "no toy.ipynb was handed in." for number in range(300, 260, -1)}
    count, *lines = told({"bob": "grading failed.", **many}).splitlines()
    assert count == "41 students."
    assert len(lines) == 2
    assert lines[0].startswith("  s261, s262, s263, ")
    assert lines[0].endswith(", s300: no toy.ipynb was handed in.")
    assert lines[1] == "  bob: grading failed."


def test_a_name_of_control_characters_is_shown_by_their_codes():
    assert told({"b\nb": "grading failed."}) == "'b\\nb': grading failed."
