"""Makes a student's markdown safe to show: no HTML, no link that runs a script, no lost picture.

Formgrader and feedback pages do not escape markdown, and MathJax and Mermaid work on what comes
out. What could do harm is broken by an invisible word joiner, so that it is shown as it was written
and means nothing.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

WORD_JOINER = "\u2060"
LONGEST = 10_000
CUT = f"(The rest of this text is not shown: it has more than {LONGEST} characters.)"
PICTURES = {"image/png", "image/jpeg", "image/gif"}
TAG = re.compile(r"<(?=[a-zA-Z/!?])")
LINK = re.compile(r"\](?=\s*\((?![ \t\r\n]*(?:https?://|mailto:|#|attachment:)))")
DEFINITION = re.compile(r"\](?=:(?![ \t\r\n]*(?:https?://|mailto:|#)))")
ENTITY = re.compile(r"&(?=#|[a-zA-Z][a-zA-Z0-9]*;)")
IMAGE = re.compile(r"!(?=\[(?![\w .,:-]*\]\(attachment:))")
"""A picture from the web would tell its server who grades, and when."""

FENCE = re.compile(r"(`{3,}+|~{3,}+)(?=[ \t]*[^\s`])(?![ \t]*(?:python|text)[ \t]*$)", re.MULTILINE)
"""Every other language has a lexer of its own, some of them slow; and Mermaid draws."""

COMMANDS = (
    "href|url|require|style|class|cssId|unicode|bbox|mmlToken|data|html[a-zA-Z]*|texttip|action"
)
MATH = re.compile(rf"\\(?=(?:{COMMANDS})(?![a-zA-Z]))")
"""What MathJax makes links, styles and attributes of."""

ATTACHMENT = re.compile(r"attachment:(?P<name>[\w.-]*)(?P<end>\)?)")


def harmless(markdown: str, attachments: dict[str, Any]) -> str:
    """Markdown that looks the same, with no tag and no target but web, mail and own pictures."""
    markdown = _shortened(markdown)
    for opening in (ENTITY, TAG, IMAGE, FENCE, MATH, LINK, DEFINITION):
        markdown = opening.sub(rf"\g<0>{WORD_JOINER}", markdown)
    unseen = set(attachments)

    def known(match: re.Match[str]) -> str:
        if match["name"] in unseen and match["end"]:
            unseen.remove(match["name"])  # every showing is a copy: thousands would fill the memory
            return match[0]
        return f"attachment{WORD_JOINER}:{match['name']}{match['end']}"

    markdown = ATTACHMENT.sub(known, markdown)
    return LINK.sub(f"]{WORD_JOINER}", markdown)


def _shortened(markdown: str) -> str:
    """No more than a page can render in a second: its parser's time grows with the square."""
    return markdown if len(markdown) <= LONGEST else f"{markdown[:LONGEST]}\n\n{CUT}"


def pictures(raw: object) -> dict[str, dict[str, str]]:
    """The attachments of a cell that are pictures, under plain names and in plain base64."""
    if not isinstance(raw, dict):
        return {}
    kept = {}
    for name, bundle in raw.items():
        if re.fullmatch(r"[\w.-]{1,100}", name) and isinstance(bundle, dict):
            whole = {k: v for k, v in bundle.items() if k in PICTURES and _is_base64(v)}
            if whole:
                kept[name] = whole
    return kept


def _is_base64(data: object) -> bool:
    if not isinstance(data, str):
        return False
    try:
        base64.b64decode(data.replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
