"""Collects what a cell prints and shows, up to a bound."""

import io
from typing import Any

MAX_OUTPUTS = 200
TRUNCATED = "[output truncated: more than is kept]\n"

Output = dict[str, Any]


class Collector:
    """The outputs of the running cell or call; what comes in between is dropped."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.outputs: list[Output] = []
        self.room = -1

    def start(self, room: int | None = None) -> None:
        """A cell or a call begins."""
        self.outputs, self.room = [], self.limit if room is None else room

    def stop(self) -> list[Output]:
        """It is over; its outputs."""
        outputs, self.outputs, self.room = self.outputs, [], -1
        for output in outputs:
            if output["output_type"] == "stream":
                output["text"] = "".join(output["text"])
        return outputs

    def text(self, name: str, text: str) -> None:
        """A piece of stdout or stderr."""
        if self.outputs and self.outputs[-1].get("name") == name and len(text) <= self.room:
            self.outputs[-1]["text"].append(text)
            self.room -= len(text)
        elif self.room >= 0:
            kept = text[: self.room]
            self.add({"output_type": "stream", "name": name, "text": [kept]}, len(text))

    def add(self, output: Output, size: int) -> None:
        """A whole output of about `size` bytes."""
        if self.room < 0:
            return
        self.room -= size
        if self.room >= 0 or output["output_type"] == "stream":
            self.outputs.append(output)
        if self.room < 0 or len(self.outputs) >= MAX_OUTPUTS:
            notice = {"output_type": "stream", "name": "stderr", "text": [TRUNCATED]}
            self.outputs.append(notice)
            self.room = -1


class Stream(io.TextIOBase):
    """Stands in for sys.stdout or sys.stderr."""

    encoding = "utf-8"

    def __init__(self, collector: Collector, name: str) -> None:
        self.collector, self.name = collector, name

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, text: str) -> int:
        """Collect a piece of text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.collector.text(self.name, str.__getitem__(text, slice(None)))
        return len(text)
