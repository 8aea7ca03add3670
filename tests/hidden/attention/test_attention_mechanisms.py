"""Hidden tests of attention_mechanisms: every claim by itself, for this student's own numbers."""

import pytest

from autograder.suite import agree, entry, points


@pytest.fixture
def check(student, reference, student_id):
    """Compares one claim with the right one."""

    def compare(claim):
        numbers = reference.attention_mechanisms_numbers(student_id)
        claims = student.attention_mechanisms(numbers)
        agree(entry(claims, claim), reference.attention_mechanisms(numbers)[claim], claim)

    return compare


@points(0.5)
def test_macs_full(check):
    """counts the multiply-adds of full attention"""
    check("macs_full")


@points(0.5)
def test_macs_window(check):
    """counts those of a window, with its shorter ends"""
    check("macs_window")


@points(0.5)
def test_macs_linear(check):
    """counts those of linear attention"""
    check("macs_linear")


@points(0.5)
def test_n_crossover(check):
    """knows from which length on linear attention is cheaper"""
    check("n_crossover")


@points(0.5)
def test_score_entries(check):
    """counts what the softmax weights hold"""
    check("score_entries")


@points(0.5)
def test_rank_logits_max(check):
    """knows the largest rank of the logits of a head"""
    check("rank_logits_max")


@points(0.5)
def test_rank_weights_max(check):
    """knows the largest rank of the softmax weights of a head"""
    check("rank_weights_max")


@points(0.25)
def test_rank_logits_2h(check):
    """knows what twice as many heads do to the rank of the logits"""
    check("rank_logits_2h")


@points(0.25)
def test_params_2h(check):
    """knows what twice as many heads do to the number of weights"""
    check("params_2h")
