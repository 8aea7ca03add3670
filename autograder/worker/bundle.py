"""Reduces what IPython displays to text and PNG."""

import binascii
from typing import Any

import numpy as np


def plain_bundle(data: dict[str, Any]) -> dict[str, Any]:
    """The text/plain and image/png parts, the image as raw bytes."""
    bundle: dict[str, Any] = {}
    text, image = data.get("text/plain"), data.get("image/png")
    if isinstance(text, str):
        bundle["text/plain"] = str.__getitem__(text, slice(None))
    raw = _raw(image)
    if raw:
        bundle["image/png"] = np.frombuffer(raw, np.uint8)
    return bundle


def _raw(image: object) -> bytes:
    if isinstance(image, str):
        try:
            return binascii.a2b_base64(image)
        except ValueError:
            return b""
    return image if isinstance(image, bytes) else b""
