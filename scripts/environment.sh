#!/bin/sh
# Makes .venv from requirements.lock. Usage: environment.sh PYTHON
set -eu
python=$1

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "layerwise needs Python 3.11 or newer as “$python”; another one: make PYTHON=python3.12" >&2
    exit 1
}
"$python" -c 'import ensurepip, venv' 2>/dev/null || {
    echo "“$python” can't make virtual environments: install its venv (Debian: apt-get install python3-venv)" >&2
    exit 1
}
echo "Setting up .venv from requirements.lock (once, about a minute)"
"$python" -m venv --clear .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
