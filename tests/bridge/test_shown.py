"""Whatever a student writes, prints, raises or is called: on the pages it is text, and acts not."""

import re
import shutil
import textwrap
import time
from html.parser import HTMLParser
from pathlib import Path

import nbgrader.server_extensions.formgrader as formgrader
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.converters import GenerateFeedback
from traitlets.config import Config

from autograder.bridge import commands
from autograder.errors import CourseError

SCRIPT = "<script>window.PWNED=1;document.title='PWNED'</script>"
IMAGE = "<img src=x onerror=\"window.PWNED=1;document.title='PWNED'\">"
JS = "javascript:document.title='PWNED'"
MARKDOWN = [
    SCRIPT,
    IMAGE,
    f"[link]({JS})",
    "[link](&#106;avascript:document.title='PWNED')",
    f"[link][x]\n\n[x]: {JS}",
    f"![picture]({JS})",
    "[data](data:text/html;base64,PHNjcmlwdD4=)",
    "![spy](https://spy.example/who.png)",
    "![![in](attachment:own.png)](https://spy.example/who.png)",
    "![a\\](attachment:own.png)](https://spy.example/who.png)",
    "<svg onload=\"document.title='PWNED'\"><script>1</script></svg>",
    "<style>body { display: none }</style>",
    "<meta http-equiv=refresh content='0;url=https://spy.example'>",
    f'<iframe src="{JS}"></iframe><form action=x><input autofocus onfocus="{JS}">',
    f'<base href=//spy.example><object data="{JS}"><embed src=x><details open ontoggle="{JS}">',
    "[next line](\x85https://spy.example) [space](\xa0//spy.example)",
    '```mermaid\ngraph TD\nA["' + IMAGE + '"]\nclick A href "' + JS + '"\n```',
    "~~~ &#109;ermaid\ngraph TD\n~~~",
    "> ```html\n> " + SCRIPT + "\n> ```",
    f"$\\href{{{JS}}}{{x}}$ and $$\\style{{position:fixed}}{{x}}$$",
    "$\\class{btn full-credit}{x} \\cssId{toc}{x} \\unicode{60} \\require{html} \\bbox[top:0]{x}$",
    "\\begin{a}" + SCRIPT + "\\end{a}",
    "# " + SCRIPT + "\n\n|a|\n|-|\n|" + IMAGE + "|\n",
    "<!-- " + SCRIPT,
    "zero\u200bwidth \u202eesrever \x1b[31mred",
]
OUTPUTS = f"""
import sys
from IPython.display import HTML, Javascript, Markdown, SVG, Latex, display
class Shown:
    def __repr__(self): return {SCRIPT!r}
    def _repr_html_(self): return {SCRIPT!r}
    def _repr_svg_(self): return {SCRIPT!r}
    def _repr_javascript_(self): return "document.title='PWNED'"
print({SCRIPT!r}, "\\x1b]8;;{JS}\\x07link\\x1b]8;;\\x07 \\x1b[31m\\u202e\\u200b\\x9b31m", {IMAGE!r})
print({IMAGE!r}, file=sys.stderr)
display(Shown(), HTML({SCRIPT!r}), Javascript("document.title='PWNED'"), Markdown({SCRIPT!r}))
display({{"text/html": {SCRIPT!r}, "image/svg+xml": {SCRIPT!r}}}, raw=True)
Shown()
"""
RAISES = f"raise type({IMAGE!r}, (Exception,), {{}})({SCRIPT!r})  # {IMAGE}"
ANSWERS = {
    "row_norms": f"""
        def row_norms(x):
            exec(compile("raise ValueError  # " + {SCRIPT!r} + chr(0x202e), "<cell 1>", "exec"))
        """,
    "unit_rows": f"""
        def unit_rows(x):
            raise type({IMAGE!r}, (ValueError,), {{}})({SCRIPT!r})  # {IMAGE}
        """,
    "scale_forward": f"scale_forward = type({SCRIPT!r}, (), {{}})()",
    "scale_backward": f"""
        def scale_backward(dout, cache):
            return {SCRIPT!r}, type({IMAGE!r}, (), {{}})()
        scale_backward.__name__ = {SCRIPT!r}
        """,
    "summary": f"""
        def summary(x):
            if x.size != 2:  # the visible check has two
                print("PRINTED", 6 * 7)
            return {{{SCRIPT!r}: 1, {IMAGE!r}: 2, chr(0x202e) + "\\x1b[31m": 3}}
        """,
}
BIG = "AAAA" * 50_000
SLOW_CODE = ["\n " * 60_000, "match" + " " * 60_000, "a." * 50_000, "a\n" * 100_000]
SLOW_TEXT = ["\\begin{a}" * 20_000, "\\\\(" * 50_000, "![a](attachment:own.png) " * 350]
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAA"
ACTIVE = {"script", "style", "svg", "iframe", "object", "embed", "form", "meta", "base", "link"}
ACTIVE |= {"input", "button", "details", "textarea", "template", "math", "video", "audio"}
TARGETS = {"href", "src", "action", "data", "srcset", "xlink:href", "formaction", "poster"}
HARMLESS = ("#", "https://", "http://", "mailto:", "data:image/png;base64,")


class Page(HTMLParser):
    """What a page can do: its elements with their attributes, and its texts."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.texts = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(attrs)))

    def handle_data(self, data):
        self.texts.append(data)

    def deeds(self):
        """Everything that could act, but for what is on the page of an honest student as well."""
        for tag, attrs in self.elements:
            if tag in ACTIVE:
                yield tag, attrs
            for name, value in attrs:
                if name.startswith("on") or (name in TARGETS and not _is_harmless(tag, value)):
                    yield tag, name, value
                if name in {"id", "name", "style"}:
                    yield name, value


def _is_harmless(tag, target):
    return target.startswith(HARMLESS[-1:] if tag == "img" else HARMLESS)


@pytest.fixture(scope="module")
def shown(released, answered, hand_in, tmp_path_factory, launch):
    """A course in which an honest and a hostile student have been graded and given feedback."""
    root = shutil.copytree(released.course.root, tmp_path_factory.mktemp("shown") / "course")
    assignment = type(released.course)(root).assignment("toy")
    written = [new_markdown_cell(text) for text in MARKDOWN]
    for cell in written:
        cell.attachments = {"own.png": {"image/png": PIXEL}}
    codes = [new_code_cell(OUTPUTS), new_code_cell(RAISES), new_code_cell(f"# {SCRIPT}{IMAGE}")]
    answers = {name: textwrap.dedent(answer) for name, answer in ANSWERS.items()}
    hostile = answered(answers, written + codes)
    for cell in hostile.cells:
        if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = "\n\n".join(MARKDOWN)
    slow = [new_markdown_cell(text) for text in SLOW_TEXT]
    for cell in slow:
        cell.attachments = {"own.png": {"image/png": BIG}}
    hand_in(assignment, "slow", answered({}, slow + [new_code_cell(code) for code in SLOW_CODE]))
    plain = [new_markdown_cell("plain") for _ in MARKDOWN]
    hand_in(assignment, "hostile", hostile)
    hand_in(assignment, "honest", answered({}, plain + [new_code_cell("1") for _ in codes]))
    config = commands.course_config(assignment)
    commands.autograde(assignment, "*", config)
    commands._run(GenerateFeedback, assignment, config, force=True)
    return assignment


@pytest.fixture(scope="module")
def pages(shown):
    """The feedback page and formgrader's page of a student."""

    def read(student):
        feedback = shown.submitted(student, shown.course.root / "feedback").with_suffix(".html")
        graded = shown.submitted(student, shown.course.root / "autograded")
        return {"feedback": feedback.read_text(encoding="utf-8"), "formgrade": formgrade(graded)}

    return read


def formgrade(path):
    """Render a graded notebook as formgrader's handler does."""
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    templates = Path(formgrader.__file__).parent / "templates"
    config.HTMLExporter.extra_template_basedirs = [str(templates)]
    about = {"notebook_id": "toy", "assignment_id": "toy", "submission_id": "0", "base_url": ""}
    about |= {"index": 0, "total": 1, "student": path.parent.parent.name, "notebook_path": "toy"}
    return HTMLExporter(config=config).from_filename(str(path), resources=about)[0]


@pytest.mark.parametrize("page", ["feedback", "formgrade"])
def test_a_hostile_page_can_do_nothing_that_an_honest_one_cannot(pages, page):
    honest = set(Page(pages("honest")[page]).deeds())
    hostile = set(Page(pages("hostile")[page]).deeds())
    assert {deed for deed in hostile - honest if deed[0] not in {"id", "name", "style"}} == set()
    odd = {d for d in hostile - honest if d[0] in {"id", "name", "style"}}
    assert {value for _, value in odd if not re.fullmatch(r"[\w-]*|.*PWNED.*", value)} == set()


@pytest.mark.parametrize("page", ["feedback", "formgrade"])
def test_scripts_of_the_pages_are_the_same_for_everybody(pages, page):
    def scripts(student):
        return re.findall(r"<script\b.*?</script>", pages(student)[page], re.DOTALL)

    assert scripts("hostile") == scripts("honest")


@pytest.mark.parametrize("page", ["feedback", "formgrade"])
def test_mathjax_and_mermaid_find_no_command_of_a_students(pages, page):
    html = pages("hostile")[page]
    assert not re.search(r"\\(href|style|class|cssId|unicode|require|bbox)\b", html)
    assert '<pre class="mermaid">' not in html


@pytest.mark.parametrize("page", ["feedback", "formgrade"])
def test_invisible_and_directing_characters_are_gone(pages, page):
    text = "".join(Page(pages("hostile")[page]).texts)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e]", text)


@pytest.mark.parametrize("page", ["feedback", "formgrade"])
def test_what_was_written_can_still_be_read(pages, page):
    text = "".join(Page(pages("hostile")[page]).texts).replace("\u2060", "")
    assert text.count("window.PWNED=1;document.title='PWNED'") > 20
    assert "esrever" in text


@pytest.mark.parametrize("page", ["feedback", "formgrade"])
def test_what_is_printed_in_a_hidden_call_is_shown_to_nobody(pages, page):
    assert "PRINTED 42" not in pages("hostile")[page]


def test_no_notebook_makes_a_page_slow_or_huge(pages):
    began = time.process_time()
    found = pages("slow")
    assert time.process_time() - began < 15
    assert all(len(html) < 3_000_000 for html in found.values())
    assert all(html.count(BIG) == 1 for html in found.values())
    assert all("The rest of this text is not shown" in html for html in found.values())


def test_ordinary_code_is_coloured(pages):
    for html in pages("honest").values():
        assert '<span class="k">def</span>' in html


@pytest.mark.parametrize("name", [IMAGE.replace("/", ""), 'a"b', "a\x1b[31m", "a\u202eb", "a\\b"])
def test_a_name_that_would_act_on_formgraders_page_is_refused(shown, hand_in, answered, name):
    hand_in(shown, name, answered())
    with pytest.raises(CourseError, match="is no name for a student"):
        commands.autograde(shown, name, commands.course_config(shown))
    assert not shown.submitted(name, shown.course.root / "autograded").exists()


def test_a_name_may_have_accents_apostrophes_and_an_address(shown, hand_in, answered):
    name = "zoë o'neill@uni.example"
    hand_in(shown, name, answered())
    commands.autograde(shown, name, commands.course_config(shown))
    assert shown.submitted(name, shown.course.root / "autograded").exists()
