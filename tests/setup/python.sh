#!/bin/sh
# Makes the virtual environment $2 with the Python $1 from requirements.lock, which names every package: nothing is resolved anew,
# or the newest release of something the lock names without its extra would be wanted, without a hash. A fresh Debian lacks venv.
set -eu
python=$1
venv=$2
apt=/run/lock/ruam-apt  # tests/setup/debian.sh may run beside
command -v "$python" >/dev/null 2>&1 || python=python3
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Ruam needs Python 3.11 or newer; \"$python\" is older or missing." >&2
    exit 1
}
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        flock "$apt" apt-get update -qq
        DEBIAN_FRONTEND=noninteractive flock "$apt" apt-get install -y -qq --no-install-recommends python3-venv
    else
        echo "Python's venv module is missing. As root: apt-get install python3-venv" >&2
        exit 1
    fi
fi
rm -rf "$venv"
"$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --no-deps -r requirements.lock
# On every core, where pip has but one; a package may carry files that are not for this Python.
"$venv/bin/python" -m compileall -qq -j 0 "$venv/lib" || true
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
