"""Makes a student's markdown safe to show: no HTML, no link that runs a script, no lost picture.

Formgrader and feedback pages do not escape markdown. What could do harm is broken by an invisible
word joiner, so that it is shown as it was written and means nothing.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

WORD_JOINER = "\u2060"
PICTURES = {"image/png", "image/jpeg", "image/gif"}
TAG = re.compile(r"<(?=[a-zA-Z/!?])")
LINK = re.compile(r"\](?=\s*\((?!\s*(?:https?://|mailto:|#|attachment:)))")
DEFINITION = re.compile(r"\](?=:(?!\s*(?:https?://|mailto:|#)))")
ATTACHMENT = re.compile(r"attachment:(?P<name>[\w.-]*)(?P<end>\)?)")


def harmless(markdown: str, attachments: dict[str, Any]) -> str:
    """Markdown that looks the same, with no tag and no target but web, mail and own pictures."""
    markdown = TAG.sub(f"<{WORD_JOINER}", markdown)
    markdown = LINK.sub(f"]{WORD_JOINER}", markdown)
    markdown = DEFINITION.sub(f"]{WORD_JOINER}", markdown)

    def known(match: re.Match[str]) -> str:
        is_whole = match["name"] in attachments and match["end"]
        return match[0] if is_whole else f"attachment{WORD_JOINER}:{match['name']}{match['end']}"

    markdown = ATTACHMENT.sub(known, markdown)
    return LINK.sub(f"]{WORD_JOINER}", markdown)


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
