"""Turns the worker's outputs into nbformat outputs; nothing in them is trusted."""

import re
import struct
from base64 import b64encode
from typing import Any

import numpy as np

from autograder.sandbox import endings
from autograder.sandbox.limits import Limits

ANSI = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-Z\\-_])?")
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
PNG = b"\x89PNG\r\n\x1a\n"
MAX_PIXELS = 50_000_000
SLACK = 1 << 16

Output = dict[str, Any]


def notebook_outputs(outputs: list[Any], number: int, limits: Limits) -> list[Output]:
    """The outputs of cell `number`, or an Ending if they are not what an honest worker sends."""
    checked = [_output(output, number) for output in outputs]
    if sum(map(_size, checked)) > limits.output_bytes * 4 // 3 + SLACK:
        raise endings.flooded(limits.output_bytes)
    return checked


def clean(text: str) -> str:
    """The text without escape sequences, control, direction and invisible characters."""
    return CONTROL.sub("", ANSI.sub("", text))


def _output(output: Any, number: int) -> Output:
    match output:
        case {"output_type": "stream", "name": "stdout" | "stderr", "text": str(text)}:
            shown: Output = {"name": output["name"], "text": clean(text)}
        case {"output_type": "display_data", "data": dict(data)}:
            shown = {"data": _bundle(data), "metadata": {}}
        case {"output_type": "execute_result", "data": dict(data)}:
            shown = {"data": _bundle(data), "metadata": {}, "execution_count": number}
        case {"output_type": "error", "ename": str(), "evalue": str(), "traceback": list(lines)}:
            named = {key: clean(output[key]) for key in ("ename", "evalue")}
            shown = {**named, "traceback": _lines(lines)}
        case _:
            raise endings.breached()
    if not output.keys() <= {"output_type", *shown}:
        raise endings.breached()
    return {"output_type": output["output_type"], **shown}


def _lines(lines: list[Any]) -> list[str]:
    if any(type(line) is not str for line in lines):
        raise endings.breached()
    return [clean(line) for line in lines]


def _bundle(data: dict[Any, Any]) -> dict[str, str]:
    return {kind: _part(kind, part) for kind, part in data.items()}


def _part(kind: object, part: object) -> str:
    if kind == "text/plain" and isinstance(part, str):
        return clean(part)
    if kind == "image/png" and isinstance(part, np.ndarray) and part.dtype == np.uint8:
        raw = part.tobytes()
        if _is_png(raw):
            return b64encode(raw).decode()
    raise endings.breached()


def _is_png(raw: bytes) -> bool:
    if len(raw) < 33 or not raw.startswith(PNG) or raw[12:16] != b"IHDR":
        return False
    width, height = struct.unpack(">II", raw[16:24])
    return bool(0 < width * height <= MAX_PIXELS)


def _size(output: Output) -> int:
    texts = [output.get("text", ""), *output.get("traceback", ()), *output.get("data", {}).values()]
    return sum(map(len, texts))
