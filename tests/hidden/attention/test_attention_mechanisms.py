"""Hidden tests of attention_mechanisms: every claim by itself, for this student's own numbers."""

from autograder.suite import agree, points


@points(0.5)
def test_macs_full(claim):
    """counts the multiply-adds of full attention"""
    agree(*claim("macs_full"), "macs_full")


@points(0.5)
def test_macs_window(claim):
    """counts those of a window, with its shorter ends"""
    agree(*claim("macs_window"), "macs_window")


@points(0.5)
def test_macs_linear(claim):
    """counts those of linear attention"""
    agree(*claim("macs_linear"), "macs_linear")


@points(0.5)
def test_n_crossover(claim):
    """knows from which length on linear attention is cheaper"""
    agree(*claim("n_crossover"), "n_crossover")


@points(0.5)
def test_score_entries(claim):
    """counts what the softmax weights hold"""
    agree(*claim("score_entries"), "score_entries")


@points(0.5)
def test_rank_logits_max(claim):
    """knows the largest rank of the logits of a head"""
    agree(*claim("rank_logits_max"), "rank_logits_max")


@points(0.5)
def test_rank_weights_max(claim):
    """knows the largest rank of the softmax weights of a head"""
    agree(*claim("rank_weights_max"), "rank_weights_max")


@points(0.25)
def test_rank_logits_2h(claim):
    """knows what twice as many heads do to the rank of the logits"""
    agree(*claim("rank_logits_2h"), "rank_logits_2h")


@points(0.25)
def test_params_2h(claim):
    """knows what twice as many heads do to the number of weights"""
    agree(*claim("params_2h"), "params_2h")
