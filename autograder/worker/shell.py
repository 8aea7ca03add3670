"""An IPython shell without a kernel: magics, display and inline figures, its outputs collected."""

import importlib
import sys
import warnings
from subprocess import PIPE, STDOUT, Popen
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from autograder.wire.values import type_name
from autograder.worker import errors
from autograder.worker.bundle import plain_bundle
from autograder.worker.outputs import Collector, Output, Stream

# What most lessons draw with; it takes half a second to load, and then writes its list of fonts.
FIGURES = ("matplotlib.pyplot", "matplotlib.backends.backend_agg", "matplotlib_inline")
CONFIG = Config(HistoryManager={"enabled": False}, InteractiveShell={"colors": "nocolor"})


class Compiler(CachingCompiler):
    """Names cells so that their lines can be found again."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """The file name of cell `number`."""
        return errors.cell_name(number)


def _shell(part: Any) -> "Shell":
    shell: Shell = part.shell
    return shell


class Hook(DisplayHook):
    """The value of a cell's last expression becomes an output."""

    def write_output_prompt(self) -> None:
        """No prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Collect the value."""
        _shell(self).collect("execute_result", format_dict)

    def log_output(self, format_dict: Any) -> None:
        """No log."""

    def finish_displayhook(self) -> None:
        """No empty line behind the value."""
        self._is_active = False


class Publisher(DisplayPublisher):
    """What the cell displays becomes an output."""

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        """Collect what is displayed."""
        _shell(self).collect("display_data", data)

    def clear_output(self, wait: bool = False) -> None:
        """Nothing is taken back."""


class Shell(InteractiveShell):
    """The notebook's interpreter."""

    collector: Collector
    compiler_class = Type(Compiler)
    displayhook_class = Type(Hook)
    display_pub_class = Type(Publisher)

    def run(self, source: str, figures: bool = True) -> tuple[list[Output], str | None]:
        """Run one cell: its outputs, and the type of the exception that ended it."""
        self.render(figures)
        self.collector.start()
        result = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        error = result.error_before_exec or result.error_in_exec
        if isinstance(error, SystemExit):
            self.collect_error(error)
        if error is None:
            return self.collector.stop(), None
        errors.let_go(error)
        return self.collector.stop(), type_name(error)

    def render(self, figures: bool) -> None:
        """Show the figures of the next cell as pictures, or only by name."""
        formats = {"png"} if figures else set()
        self.config.InlineBackend.figure_formats = formats  # for a backend that is loaded later
        loaded = sys.modules.get("matplotlib_inline.config")  # importing it takes half a second
        if loaded is not None:
            backend = loaded.InlineBackend.instance(parent=self)
            backend.shell, backend.figure_formats = self, formats
            backend._update_figure_formatters()

    def collect(self, kind: str, data: Any) -> None:
        """Keep the plain part of something displayed."""
        bundle = plain_bundle(data)
        if bundle:
            size = sum(len(part) for part in bundle.values())
            self.collector.add({"output_type": kind, "data": bundle}, size)

    def collect_error(self, error: BaseException) -> None:
        """Keep an error with the student's own lines."""
        trace = errors.lines(error)
        named = {"ename": type_name(error), "evalue": errors.message(error), "traceback": trace}
        self.collector.add({"output_type": "error", **named}, sum(map(len, trace)))

    def showtraceback(self, exc_tuple: Any = None, *_: Any, **__: Any) -> None:
        """Collect the error that has just occurred, a syntax error or any other."""
        error = exc_tuple[1] if exc_tuple else sys.exc_info()[1]
        if error is not None:
            self.collect_error(error)

    showsyntaxerror = showtraceback  # type: ignore[assignment]

    def ask_exit(self) -> None:
        """`exit` ends nothing: a notebook goes on."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Figures are inline whatever a magic asks for."""

    def system(self, cmd: str) -> None:
        """`!command`: without a terminal, its output passed on as it comes."""
        line = self.var_expand(cmd, depth=1)  # type: ignore[no-untyped-call]
        process = Popen(line, shell=True, stdout=PIPE, stderr=STDOUT)  # noqa: S602
        with process:
            for printed in process.stdout or ():
                sys.stdout.write(printed.decode("utf-8", "replace"))
        self.user_ns["_exit_code"] = process.returncode


def make_shell() -> Shell:
    """The one shell of this process; it collects nothing before it is told how much."""
    shell: Shell = Shell.instance(config=CONFIG)
    warnings.filterwarnings("ignore", message="To exit: use")  # IPython's advice for a terminal
    shell.collector = Collector(0)
    sys.stdout, sys.stderr = Stream(shell.collector, "stdout"), Stream(shell.collector, "stderr")
    return shell


def load_figures() -> None:
    """Load now what would be loaded with the first figure, by making one that nobody sees.

    It is not rendered: fonts stay open, and a worker closes all that is open.
    """
    for name in FIGURES:
        importlib.import_module(name)
    figure = importlib.import_module("matplotlib.figure").Figure(layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot([1, 2], label="$x^2$")
    left.legend()
    right.imshow([[0, 1]])
