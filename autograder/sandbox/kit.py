"""Which files a worker needs, and the command that starts it."""

import os
import sys
from pathlib import Path

import autograder

PROGRAM = os.path.abspath(sys.executable)
PACKAGE = Path(autograder.__file__).parent
PARTS = ("__init__.py", "wire", "worker")
START = "import sys; sys.path.insert(0, sys.argv[1]); from autograder.worker.serve import main; "
START += "main(*sys.argv[2:])"


def command(kit: str, descriptor: int, settings: str) -> list[str]:
    """The worker's command line; `kit` is the folder that holds its part of the package."""
    return [
        os.path.abspath(sys.executable),
        "-I",
        "-B",
        "-c",
        START,
        kit,
        str(descriptor),
        settings,
    ]


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
