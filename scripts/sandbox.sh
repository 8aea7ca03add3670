#!/bin/sh
# Sees to it that bubblewrap is there: student code runs nowhere else.
set -eu
if command -v bwrap >/dev/null 2>&1; then
    exit 0
fi

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
    $as_root true 2>/dev/null || {
        echo "bubblewrap is missing, and you may not install it. Ask for: apt-get install bubblewrap" >&2
        exit 1
    }
fi
echo "Installing bubblewrap, the sandbox for student code"
if command -v apt-get >/dev/null 2>&1; then
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq bubblewrap >/dev/null
elif command -v dnf >/dev/null 2>&1; then
    $as_root dnf install -y -q bubblewrap
elif command -v pacman >/dev/null 2>&1; then
    $as_root pacman -S --noconfirm --quiet bubblewrap
else
    echo "bubblewrap is missing: install it with your system's package manager" >&2
    exit 1
fi
