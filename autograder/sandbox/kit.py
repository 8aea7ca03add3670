"""Which files a worker needs, the command that starts it, and what it is told."""

import base64
import json
import os
import sys
from pathlib import Path
from typing import Any

import autograder
from autograder.sandbox.limits import Limits

PROGRAM = os.path.abspath(sys.executable)
PACKAGE = Path(autograder.__file__).parent
PARTS = ("__init__.py", "wire", "worker")
START = "import sys; sys.path.insert(0, sys.argv[1]); from autograder.worker.{} import main; "
START += "main(*sys.argv[2:])"


def command(kit: str, *arguments: str, module: str = "serve") -> list[str]:
    """The command line of a worker's module; `kit` is the folder that holds our package there."""
    return [PROGRAM, "-I", "-B", "-c", START.format(module), kit, *arguments]


def settings(
    limits: Limits, *, system_calls: bytes = b"", processes: bool = True
) -> dict[str, Any]:
    """What a worker needs to limit itself; `processes` are counted per user and namespace."""
    return {
        "cpu_seconds": int(limits.submission_cpu_seconds) + 1,
        "memory": limits.memory,
        "processes": limits.processes if processes else 0,
        "open_files": limits.open_files,
        "file_size": limits.file_size,
        "tmpfs": limits.tmpfs,
        "reply_bytes": limits.reply_bytes,
        "output_bytes": limits.output_bytes,
        "filter": base64.b64encode(system_calls).decode(),
    }


def settings_text(limits: Limits, *, system_calls: bytes = b"", processes: bool = True) -> str:
    """The same as JSON."""
    return json.dumps(settings(limits, system_calls=system_calls, processes=processes))


def environment(home: str) -> dict[str, str]:
    """The whole environment of a worker."""
    threads = ("OPENBLAS", "OMP", "MKL", "BLIS", "NUMEXPR", "VECLIB_MAXIMUM")
    return {
        "PATH": os.pathsep.join((os.path.dirname(PROGRAM), "/usr/bin", "/bin")),
        "HOME": home,
        "TMPDIR": home,
        "LANG": "C.UTF-8",
        "IPYTHONDIR": f"{home}/.ipython",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        **{f"{name}_NUM_THREADS": "1" for name in threads},
    }
