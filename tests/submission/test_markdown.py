"""A student's markdown can be read on a page that does not escape it, and does nothing there."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from autograder.submission.markdown import WORD_JOINER, harmless, pictures

PIXEL = {"picture.png": {"image/png": "iVBORw0KGgo="}}
ALLOWED = ("http://", "https://", "mailto:", "#", "data:image/png;base64,")
ATTACKS = [
    "[a](javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a]( javascript:alert(1))",
    "[a](\njavascript:alert(1))",
    "[a] (javascript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](\\javascript:alert(1))",
    "[a](vbscript:x)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](//evil.example/x)",
    "![a](javascript:alert(1))",
    "[a][x]\n\n[x]: javascript:alert(1)",
    "[a][x]\n\n[x]:\njavascript:alert(1)",
    "[a][x]\n\n> [x]: javascript:alert(1)",
    "[x]\n\n[x]: &#106;avascript:alert(1)",
    "<javascript:alert(1)>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '[a](https://x.example "t" onclick=alert(1))',
    '[a](https://x.example"onmouseover="alert(1))',
    "[[a](javascript:alert(1))](https://x.example)",
    "![a](attachment:missing.png)",
    "![a](attachment:picture.png.js)",
    "![a](&#97;ttachment:missing.png)",
    "[a][x]\n\n[x]: attachment:missing.png",
]


class Page(HTMLParser):
    """Collects what on a page could act."""

    def __init__(self, html):
        super().__init__()
        self.targets, self.dangers = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "svg", "iframe", "object", "style", "form"}:
            self.dangers.append(tag)
        for name, value in attrs:
            if name in {"href", "src"}:
                self.targets.append(value or "")
            if name.startswith("on"):
                self.dangers.append(name)


def page(markdown):
    return Page(markdown2html_mistune(harmless(markdown, PIXEL)))


def is_safe(markdown):
    shown = page(markdown)
    targets = [t for t in shown.targets if not t.lower().startswith(ALLOWED)]
    return not targets and not shown.dangers


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_a_students_acts_on_the_page(attack):
    assert is_safe(attack)


@given(st.lists(st.sampled_from([*"[]()<>:!\\\n \"'`&#;", *ATTACKS, "javascript:", "x", "[x]:"])))
def test_no_combination_acts_either(parts):
    assert is_safe("".join(parts))


@pytest.mark.parametrize(
    "text", ["[a](https://x.example)", "[a](#part)", "[m](mailto:a@b.example)"]
)
def test_links_to_web_mail_and_sections_stay(text):
    assert harmless(text, {}) == text
    assert len(page(text).targets) == 1


def test_a_pasted_picture_stays():
    text = "![a](attachment:picture.png)"
    assert harmless(text, PIXEL) == text


def test_text_and_code_look_as_they_were_written():
    text = "a < b, `x[0]: int`, <b>bold</b> and [0]: 5"
    assert harmless(text, {}).replace(WORD_JOINER, "") == text


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {"a b.png": {"image/png": "AAAA"}},
        {"a.png": {"text/html": "AAAA"}},
        {"a.png": {'image/png" onerror="x': "AAAA"}},
        {"a.png": {"image/png": "<script>"}},
        {"a.png": {"image/png": ["AAAA"]}},
        {"a.png": "AAAA"},
    ],
)
def test_only_pictures_in_plain_base64_are_attached(raw):
    assert pictures(raw) == {}


def test_a_picture_is_attached():
    assert pictures(PIXEL) == PIXEL
