#!/bin/sh
# Sets up this checkout on Linux or macOS: a virtual environment in .venv with the pinned libraries, and the
# system libraries that Qt needs. Does nothing when nothing changed.
#
#   sh packaging/setup.sh run   what the program and its server need
#   sh packaging/setup.sh dev   that, and what tests, checks and packaging need
#
# PYTHON=/path/to/python3.12 chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."

want=${1:-run}
case $want in
    run) requirements=requirements/server.txt ;;
    dev) requirements=requirements/dev.txt ;;
    *) echo "setup: say run or dev, not '$want'" >&2; exit 2 ;;
esac

venv=.venv
python=$venv/bin/python
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }
has() { command -v "$1" >/dev/null 2>&1; }

# --- nothing to do? ---------------------------------------------------------------------------------------
# The stamp holds the sums of all that a set-up depends on, so that any change of it sets up again.
sums=$(cksum packaging/setup.sh requirements/installer.txt "$requirements" pyproject.toml)
# A checkout that was moved carries an environment that points to its old place.
sums="$sums $PWD"
ready() { [ -x $python ] && [ "$(cat "$venv/.ready-$1" 2>/dev/null)" = "$2" ] && $python -c '' 2>/dev/null; }
if ready "$want" "$sums"; then
    exit 0
fi

# --- system packages (Debian and its relatives) ---------------------------------------------------------------
apt_updated=
apt_get() {
    # apt_get PACKAGE...: as root; what it said is in the log.
    say "installing system packages: $*"
    if [ -z "$apt_updated" ]; then
        apt-get -qq update || say "the list of packages could not be refreshed; trying with the old one"
        apt_updated=yes
    fi
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >"$log" 2>&1
}
apt_install() {
    # apt_install WHY PACKAGE...: installs when root, else says the one line to run.
    why=$1; shift
    if ! has apt-get; then
        fail "$why Install what your system calls: $*"
    fi
    if ! is_root; then
        fail "$why Run this once, then try again:  sudo apt-get install -y $*"
    fi
    apt_get "$@" || { cat "$log" >&2; fail "$why apt-get could not install: $*"; }
}
apt_offer() {
    # apt_offer WITHOUT PACKAGE...: tries where it is root, and says what is lacking when it could not.
    without=$1; shift
    has apt-get && is_root || return 0
    apt_get "$@" || say "$1 could not be installed: $without"
}

# --- Python -----------------------------------------------------------------------------------------------
suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; }

find_python() {
    for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3 python; do
        if [ -n "$candidate" ] && has "$candidate" && suits "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

make_environment() {
    base=$(find_python)
    [ -n "$base" ] || fail "Python 3.11, 3.12 or 3.13 is needed and none was found. Install one, or name it: PYTHON=/path/to/python3.11"
    say "making $venv with $($base --version)"
    rm -rf $venv
    # Debian's Python comes without ensurepip, on which `venv` stands, until python3-venv is there.
    if $base -c 'import ensurepip' 2>/dev/null; then
        $base -m venv $venv
    elif $base -m virtualenv --version >/dev/null 2>&1; then
        $base -m virtualenv -q $venv
    else
        version=$($base -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        apt_install "Python's venv module is missing." "python$version-venv"
        rm -rf $venv
        $base -m venv $venv
    fi
}

has_pip() { $python -m pip --version >/dev/null 2>&1; }
if ! { [ -x $python ] && suits $python && { has_pip || $python -m ensurepip >/dev/null 2>&1; }; }; then
    make_environment
fi

# --- libraries, each by its hash ------------------------------------------------------------------------------
pip_install() { $python -m pip install --quiet --disable-pip-version-check --no-input "$@"; }
# uv is many times faster than pip; where it can't reach a registry that pip is set up for, pip does the work.
# Compiled once here, so that no start of the program has to.
uv_install() { $python -m uv pip install --quiet --compile-bytecode --python $python "$@"; }

say "installing the libraries of $requirements"
pip_install --require-hashes -r requirements/installer.txt
if ! uv_install --require-hashes -r "$requirements" 2>"$log"; then
    say "uv could not ($(tail -n 1 "$log")); pip goes on, slower"
    pip_install --require-hashes -r "$requirements"
fi
uv_install --no-deps --no-build-isolation --offline -e . 2>"$log" ||
    pip_install --no-deps --no-build-isolation -e .

# --- what Qt takes from the system ------------------------------------------------------------------------------
# Looked up from Qt's own files, so that only a machine that lacks something is touched.
qt_lacks() {
    [ "$(uname -s)" = Linux ] && has ldd || return 0
    # Found without importing it: that is what may not work yet.
    qt=$($python -c 'from importlib.util import find_spec; print(*find_spec("PySide6").submodule_search_locations)')
    for name in QtCore QtGui QtWidgets QtSvg QtPrintSupport QtMultimedia QtSerialPort; do
        ldd "$qt/$name.abi3.so" || :
    done 2>/dev/null >"$log"
    # The screen, with and without one; sound and camera; printing.
    for name in platforms/libqxcb platforms/libqwayland platforms/libqoffscreen \
        multimedia/libffmpegmediaplugin printsupport/libcupsprintersupport; do
        ldd "$qt/Qt/plugins/$name.so" || :
    done 2>/dev/null >>"$log"
    awk '/not found/ { print $1 }' "$log" | sort -u | tr '\n' ' '
}

lacking=$(qt_lacks)
if [ -n "$lacking" ]; then
    apt_install "Qt lacks system libraries ($lacking)." \
        libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0 \
        libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 \
        libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libxrandr2 \
        libwayland-cursor0 libwayland-egl1 libpulse0 libcups2
    lacking=$(qt_lacks)
    [ -z "$lacking" ] || say "Qt still lacks $lacking; the window may not open"
fi

# --- what tests print through -----------------------------------------------------------------------------------
# Only where a machine is made for it: a person's computer is not given a printing system for our tests.
if [ "$want" = dev ] && [ "${CI:-}" = true ] && ! [ -x /usr/sbin/cupsd ]; then
    apt_offer "the tests that need a real CUPS are skipped" cups-daemon
fi

# --- what the benchmark of slips reads with -----------------------------------------------------------------------
zbar_there() { $python -c 'import sys; from ctypes.util import find_library; sys.exit(not find_library("zbar"))'; }
if [ "$want" = dev ] && ! zbar_there; then
    apt_offer "one figure of the slips' benchmark will be missing" libzbar0
fi

printf '%s' "$sums" >"$venv/.ready-$want"
if [ "$want" = dev ]; then
    # What serves development serves running the program too.
    run_sums=$(cksum packaging/setup.sh requirements/installer.txt requirements/server.txt pyproject.toml)
    printf '%s' "$run_sums $PWD" >"$venv/.ready-run"
fi
say "ready"
