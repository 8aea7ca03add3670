"""Hidden tests of rank_and_width: every claim by itself, for this student's own numbers."""

from autograder.suite import agree, points


@points(1)
def test_max_rank(claim):
    """knows the largest rank of W2 W1"""
    agree(*claim("max_rank"), "max_rank")


@points(0.5)
def test_min_null_dim(claim):
    """knows the smallest dimension of the null space of W2 W1"""
    agree(*claim("min_null_dim"), "min_null_dim")


@points(0.5)
def test_params_two(claim):
    """counts the parameters of two layers"""
    agree(*claim("params_two"), "params_two")


@points(0.5)
def test_params_one(claim):
    """counts the parameters of the single layer"""
    agree(*claim("params_one"), "params_one")


@points(0.5)
def test_maps(claim):
    """knows whether two layers represent more, the same or fewer maps"""
    agree(*claim("maps"), "maps")


@points(1)
def test_max_pieces(claim):
    """knows the largest number of linear pieces"""
    agree(*claim("max_pieces"), "max_pieces")
