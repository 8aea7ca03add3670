#!/bin/sh
# Runs the tests that need servers, PostgreSQL and Dask, and installs PostgreSQL where it is missing.
# The tests start the servers themselves, and stop them; Dask comes with requirements.lock.
set -eu

has_postgresql() {
    command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

# The tests that need it are then left out, and say so.
without() {
    LAYERWISE_WITHOUT_POSTGRESQL="PostgreSQL is missing and can't be installed here ($1)."
    export LAYERWISE_WITHOUT_POSTGRESQL
}

install_postgresql() {
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo -n"
        $as_root true 2>/dev/null || { without "ask for: apt-get install postgresql"; return; }
    fi
    echo "Installing PostgreSQL, for the tests of gradebook and ledger on a server"
    if command -v apt-get >/dev/null 2>&1; then
        $as_root apt-get update -qq &&
            $as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends postgresql >/dev/null ||
            without "apt-get failed"
    elif command -v dnf >/dev/null 2>&1; then
        $as_root dnf install -y -q postgresql-server || without "dnf failed"
    elif command -v pacman >/dev/null 2>&1; then
        $as_root pacman -S --noconfirm --quiet postgresql || without "pacman failed"
    else
        without "no package manager that is known here"
    fi
}

has_postgresql || install_postgresql
exec .venv/bin/pytest tests/services "$@"
