"""The wire is all that the worker's side needs, so it must not pull in anything else."""

import subprocess
import sys


def test_the_wire_imports_only_numpy_and_msgpack():
    code = "import sys, autograder.wire.messages as m, autograder.wire as w; "
    code += "print([n for n in sys.modules if n.startswith('autograder')])"
    names = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert all(
        "'autograder.wire" in n or n.strip("[] \n") == "'autograder'" for n in names.split(",")
    )
