"""Hidden tests of weight_sharing: every claim by itself, for this student's own numbers."""

from autograder.suite import agree, points


@points(0.75)
def test_params_fc(claim):
    """counts the parameters of the fully connected layer"""
    agree(*claim("params_fc"), "params_fc")


@points(0.75)
def test_params_local(claim):
    """counts the parameters of the locally connected layer"""
    agree(*claim("params_local"), "params_local")


@points(0.75)
def test_params_conv(claim):
    """counts the parameters of the convolution"""
    agree(*claim("params_conv"), "params_conv")


@points(1)
def test_variance_ratio(claim):
    """knows how much sharing lowers the variance of an estimated tap"""
    agree(*claim("variance_ratio"), "variance_ratio")


@points(0.75)
def test_assumption(claim):
    """knows what has to hold for sharing to cost nothing"""
    agree(*claim("assumption"), "assumption")
