"""Hidden tests of scale_backward."""

import pytest

from autograder.suite import agree, points


@points(1.5)
@pytest.mark.parametrize("name", ["dx", "dk"])
def test_gradient(student, reference, rng, name):
    """gives each gradient"""
    x, k, dout = (rng.standard_normal(shape) for shape in [(5, 3), (3,), (5, 3)])
    _, cache = student.scale_forward(x, k)
    dx, dk = student.scale_backward(dout, cache)
    expected = reference.scale_backward(dout, reference.scale_forward(x, k)[1])
    agree({"dx": dx, "dk": dk}[name], expected[name == "dk"], name)
