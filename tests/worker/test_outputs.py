"""A cell's outputs are collected in order, joined, and bounded."""

import base64

import numpy as np
import pytest

from autograder.worker.bundle import plain_bundle
from autograder.worker.outputs import MAX_OUTPUTS, TRUNCATED, Collector, Stream


@pytest.fixture
def collector():
    collector = Collector(100)
    collector.start()
    return collector


def texts(collector):
    return [(output["name"], output["text"]) for output in collector.stop()]


def test_pieces_of_one_stream_are_joined(collector):
    for name, text in (("stdout", "a"), ("stdout", "b"), ("stderr", "c"), ("stdout", "d")):
        collector.text(name, text)
    assert texts(collector) == [("stdout", "ab"), ("stderr", "c"), ("stdout", "d")]


def test_what_fits_exactly_is_kept(collector):
    collector.text("stdout", "x" * 100)
    assert texts(collector) == [("stdout", "x" * 100)]


@pytest.mark.parametrize("pieces", [["x" * 101], ["x" * 60, "x" * 60], ["x"] * 101])
def test_text_over_the_bound_is_cut(collector, pieces):
    for piece in pieces:
        collector.text("stdout", piece)
    collector.text("stdout", "more")
    shown = texts(collector)
    assert shown[-1] == ("stderr", TRUNCATED)
    assert sum(len(text) for name, text in shown if name == "stdout") == 100


def test_an_output_over_the_bound_is_left_out(collector):
    collector.add({"output_type": "display_data"}, 101)
    assert texts(collector) == [("stderr", TRUNCATED)]


def test_the_number_of_outputs_is_bounded():
    collector = Collector(10**6)
    collector.start()
    for _ in range(MAX_OUTPUTS):
        collector.text("stdout", "a")
        collector.text("stderr", "b")
    assert len(collector.stop()) == MAX_OUTPUTS + 1


def test_between_cells_everything_is_dropped(collector):
    collector.stop()
    collector.text("stdout", "late")
    collector.add({"output_type": "display_data"}, 1)
    collector.start()
    assert collector.stop() == []


def test_only_text_can_be_written(collector):
    with pytest.raises(TypeError):
        Stream(collector, "stdout").write(b"bytes")


@pytest.mark.parametrize("image", [b"\x89PNG", base64.b64encode(b"\x89PNG").decode()])
def test_an_image_is_sent_as_raw_bytes(image):
    bundle = plain_bundle({"image/png": image, "text/html": "<b>"})
    assert bundle.keys() == {"image/png"}
    np.testing.assert_array_equal(bundle["image/png"], np.frombuffer(b"\x89PNG", np.uint8))


@pytest.mark.parametrize("image", ["not base64!", 5, None, ""])
def test_what_is_no_image_is_left_out(image):
    assert plain_bundle({"image/png": image, "text/plain": "x"}) == {"text/plain": "x"}
