#!/bin/sh
# Pins the libraries of pyproject.toml with their hashes, for every system and Python, without an address.
#   sh packaging/pin.sh             keep what is pinned, add what is new
#   sh packaging/pin.sh --upgrade   take the newest of everything
set -eu
cd "$(dirname "$0")/.."

pin() {
    out=$1; shift
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --output-file "requirements/$out" "$@"
}

pin dev.txt --extra server --extra dev pyproject.toml "$@"
# The smaller lists take the same versions as the whole one.
pin server.txt --extra server --constraint requirements/dev.txt pyproject.toml "$@"
pin runtime.txt --constraint requirements/dev.txt pyproject.toml "$@"
pin installer.txt --constraint requirements/dev.txt requirements/installer.in "$@"
