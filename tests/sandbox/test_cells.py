"""A cell runs as in a notebook, and its outputs are nbformat outputs."""

import base64

import nbformat
import pytest

from autograder.sandbox import Ending, Worker, launcher
from autograder.sandbox.outputs import clean, notebook_outputs


def text(result):
    return "".join(out["text"] for out in result.outputs if out["output_type"] == "stream")


def test_prints_and_the_last_value_become_outputs(shared):
    result = shared.run_cell(
        "import sys\nprint('a')\nprint('b')\nprint('c', file=sys.stderr)\n1 + 1"
    )
    assert [out["output_type"] for out in result.outputs] == ["stream", "stream", "execute_result"]
    assert [out.get("text") for out in result.outputs] == ["a\nb\n", "c\n", None]
    assert result.outputs[2]["data"] == {"text/plain": "2"}
    assert result.error is None


def test_outputs_are_valid_nbformat(shared):
    result = shared.run_cell("print(1)\ndisplay(2)\n3")
    failed = shared.run_cell("1 / 0")
    cell = nbformat.v4.new_code_cell(outputs=[*result.outputs, *failed.outputs])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


def test_an_error_shows_only_the_students_lines(shared):
    result = shared.run_cell("def f(x):\n    return 1 / x\n\nf(0)")
    (error,) = result.outputs
    assert (result.error, error["ename"]) == ("ZeroDivisionError", "ZeroDivisionError")
    shown = "\n".join(error["traceback"])
    assert "return 1 / x" in shown
    assert "IPython" not in shown
    assert "/kit" not in shown


def test_a_failing_cell_does_not_stop_the_next(shared):
    shared.run_cell("before = 1\nraise KeyError('x')")
    assert text(shared.run_cell("print(before)")) == "1\n"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("def (", "SyntaxError"),
        ("return 1", "SyntaxError"),
        ("raise SystemExit(3)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise BaseException('x')", "BaseException"),
        ("%nosuchmagic", "UsageError"),
        ("input()", "EOFError"),
    ],
)
def test_every_error_is_reported(shared, source, error):
    result = shared.run_cell(source)
    if error != "UsageError":
        assert result.error == error
    assert any(out["output_type"] == "error" for out in result.outputs)


def test_an_error_that_cannot_be_shown_is_still_an_error(shared):
    source = "class E(Exception):\n    def __str__(self): raise RuntimeError\nraise E"
    assert shared.run_cell(source).error is not None


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("%%time\nprint(4)", "4\n"),
        ("import asyncio\nawait asyncio.sleep(0)\nprint(5)", "5\n"),
        ("%matplotlib inline\nprint(6)", "6\n"),
    ],
)
def test_magics_work(shared, source, printed):
    assert text(shared.run_cell(source)).startswith(printed)


@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("!echo from the shell", "from the shell\n"),
        ("%%bash\necho from bash", "from bash\n"),
        ("files = !echo one\nprint(files)", "['one']\n"),
    ],
)
def test_shell_commands_work(shared, source, printed):
    assert text(shared.run_cell(source)) == printed


def test_a_figure_becomes_a_png(shared):
    result = shared.run_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    (figure,) = result.outputs
    assert figure["output_type"] == "display_data"
    assert base64.b64decode(figure["data"]["image/png"]).startswith(b"\x89PNG")


def test_only_text_and_png_are_kept(shared):
    source = (
        "from IPython.display import HTML, Javascript\ndisplay(HTML('<b>x</b>'))\nJavascript('1')"
    )
    for out in shared.run_cell(source).outputs:
        assert out["data"].keys() == {"text/plain"}


def test_too_much_output_is_cut_and_says_so(shared):
    result = shared.run_cell("for i in range(10**5): print('x' * 100)")
    assert result.error is None
    assert result.outputs[-1]["text"].startswith("[output truncated")
    assert len(text(result)) < 300_000


def test_too_many_outputs_are_cut(shared):
    result = shared.run_cell("for i in range(1000): display(i)")
    assert len(result.outputs) <= 201


def test_escape_sequences_are_removed(shared):
    assert text(shared.run_cell(r"print('\x1b[31mred\x1b[0m\x07 \u202eend')")) == "red end\n"


def test_warnings_are_no_errors(shared):
    assert shared.run_cell("import warnings\nwarnings.warn('careful')").error is None


@pytest.mark.parametrize(
    "output",
    [
        1,
        {"output_type": "stream", "name": "stdin", "text": "x"},
        {"output_type": "stream", "name": "stdout", "text": "x", "more": 1},
        {"output_type": "stream", "name": "stdout", "text": ["x"]},
        {"output_type": "display_data", "data": {"text/html": "<script>"}},
        {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": [1]},
        {"output_type": "update_display_data", "data": {}},
    ],
)
def test_an_output_that_no_honest_worker_sends_is_a_breach(limits, output):
    with pytest.raises(Ending) as ending:
        notebook_outputs([output], 1, limits)
    assert ending.value.status == "breach"


def test_more_output_than_allowed_is_a_flood(limits):
    output = {"output_type": "stream", "name": "stdout", "text": "x" * 2**20}
    with pytest.raises(Ending) as ending:
        notebook_outputs([output], 1, limits)
    assert ending.value.status == "flood"


def test_clean_keeps_text():
    assert clean("tab\t, ünïcode → ok\r\n") == "tab\t, ünïcode → ok\r\n"


def test_an_unprotected_worker_does_the_same(limits):
    with Worker(launcher(unprotected=True), limits) as worker:
        assert text(worker.run_cell("print(1)\ndef f(x): return x + 1")) == "1\n"
        assert worker.call("f", [1]).value == 2


@pytest.mark.parametrize("figures", [True, False])
def test_figures_are_rendered_only_where_wanted(shared, figures):
    shared.run_cell("import matplotlib.pyplot as plt")
    for wanted in (not figures, figures):  # and the next cell is not bound by the last
        outputs = shared.run_cell("plt.plot([1, 2])\nplt.show()", figures=wanted).outputs
        assert ["image/png" in output["data"] for output in outputs] == [wanted]
