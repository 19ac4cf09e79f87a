#!/bin/sh
# Every check that needs no run of the program; all are made before the verdict.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=

check() {
    name=$1; shift
    if "$@"; then
        printf 'lint: %s: good\n' "$name"
    else
        printf 'lint: %s: NOT good\n' "$name"
        failed="$failed $name"
    fi
}

check style $bin/ruff check --quiet .
check types $bin/mypy --no-error-summary fairclient sync tests benchmarks
check tools $bin/mypy --no-error-summary --no-explicit-package-bases --no-namespace-packages packaging/*.py
check layers $bin/lint-imports --no-logo --no-cache
check words $bin/python packaging/words.py --check

[ -z "$failed" ] || { printf 'lint: mend:%s\n' "$failed" >&2; exit 1; }
