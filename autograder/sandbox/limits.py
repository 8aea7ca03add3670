"""What a worker may use."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Deadlines in seconds, sizes in bytes; `layerwise.toml` in the course folder changes them.

    Processor time is what a slow solution uses up; the other deadlines are by the clock, longer,
    for code that waits, and for busy machines.

    Attributes
    ----------
    call_seconds, call_cpu_seconds
        One call of a student's function by a hidden test.
    cell_seconds, cell_cpu_seconds
        One cell of the notebook.
    submission_seconds, submission_cpu_seconds
        A whole notebook, with all calls.
    start_seconds
        How long a worker may take to be ready; if it takes longer, it is not the student's fault.
    memory
        All processes of a worker together.
    processes, open_files
        Per worker, and per process.
    file_size, tmpfs
        One file, and all that is written.
    reply_bytes
        What one call may give back.
    output_bytes
        What a notebook may print and show.
    callbacks
        How often one call may call a function that it was given.
    endings
        How often a function may end its worker before it is not called any more.
    notebook_size
        The file that was handed in.
    """

    call_seconds: float = 10.0
    call_cpu_seconds: float = 5.0
    cell_seconds: float = 20.0
    cell_cpu_seconds: float = 10.0
    submission_seconds: float = 240.0
    submission_cpu_seconds: float = 120.0
    start_seconds: float = 30.0
    memory: int = 1024 * MIB
    processes: int = 32
    open_files: int = 128
    file_size: int = 32 * MIB
    tmpfs: int = 64 * MIB
    reply_bytes: int = 8 * MIB
    output_bytes: int = 4 * MIB
    callbacks: int = 10_000
    endings: int = 3
    notebook_size: int = 20 * MIB
