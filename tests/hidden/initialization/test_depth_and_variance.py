"""Hidden tests of depth_and_variance: every claim by itself, for this student's own numbers."""

from autograder.suite import agree, points


@points(1)
def test_q_L(claim):
    """knows the second moment at the end of the deep network"""
    agree(*claim("q_L"), '"q_L"', tol=0.01)


@points(1)
def test_depth_to_1e6(claim):
    """knows after how many layers the signal has left the range"""
    agree(*claim("depth_to_1e6"), '"depth_to_1e6"')


@points(1)
def test_var_w_stable(claim):
    """knows the variance of the weights that keeps the signal"""
    agree(*claim("var_w_stable"), '"var_w_stable"', tol=0.01)


@points(1)
def test_bwd_var_w(claim):
    """knows the variance of the weights that keeps the gradient"""
    agree(*claim("bwd_var_w"), '"bwd_var_w"', tol=0.01)
