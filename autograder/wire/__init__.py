"""What crosses between grader and worker: plain values, framed and bounded (NumPy, msgpack)."""

from autograder.wire.frames import Channel, Closed
from autograder.wire.values import Function, Handle, TooLarge, WireError

__all__ = ["Channel", "Closed", "Function", "Handle", "TooLarge", "WireError"]
