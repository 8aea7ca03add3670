"""What a worker may use."""

import json
from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Deadlines in seconds, sizes in bytes."""

    cell_seconds: float = 10.0
    call_seconds: float = 5.0
    start_seconds: float = 30.0
    submission_seconds: float = 120.0
    cpu_seconds: int = 900
    memory: int = 1024 * MIB
    processes: int = 64
    open_files: int = 256
    file_size: int = 32 * MIB
    tmpfs: int = 64 * MIB
    reply_bytes: int = 8 * MIB
    output_bytes: int = 4 * MIB
    callbacks: int = 10_000
    endings: int = 3
    notebook_size: int = 20 * MIB

    def settings(self, *, processes: bool) -> str:
        """What the worker needs to limit itself, as JSON; `processes` are counted per user."""
        kept = {
            "cpu_seconds": self.cpu_seconds,
            "memory": self.memory,
            "processes": self.processes if processes else 0,
            "open_files": self.open_files,
            "file_size": self.file_size,
            "reply_bytes": self.reply_bytes,
            "output_bytes": self.output_bytes,
        }
        return json.dumps(kept)
