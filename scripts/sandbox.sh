#!/bin/sh
# Installs bubblewrap, the best sandbox for student code, where it is missing and may be installed.
set -eu
if command -v bwrap >/dev/null 2>&1; then
    exit 0
fi

without() {
    echo "bubblewrap is missing and can't be installed here ($1)." >&2
    echo "Student code will run with reduced isolation; “layerwise doctor” shows what that means." >&2
    exit 0
}

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
    $as_root true 2>/dev/null || without "ask for: apt-get install bubblewrap"
fi
echo "Installing bubblewrap, the sandbox for student code"
if command -v apt-get >/dev/null 2>&1; then
    $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq bubblewrap >/dev/null ||
        without "apt-get failed"
elif command -v dnf >/dev/null 2>&1; then
    $as_root dnf install -y -q bubblewrap || without "dnf failed"
elif command -v pacman >/dev/null 2>&1; then
    $as_root pacman -S --noconfirm --quiet bubblewrap || without "pacman failed"
else
    without "install it with your system's package manager"
fi
