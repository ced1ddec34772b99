#!/bin/sh
# install.sh VENV LOCK: makes VENV hold what LOCK says, with the product in it; does nothing where it already does.
# Every package is checked against its hash; where packages come from is this machine's own pip configuration.
set -eu
venv=$1 lock=$2
cd "$(dirname "$0")/.."

fingerprint() { "$1" -c 'import hashlib, pathlib, sys
print(sys.version_info[:2], *(hashlib.sha256(pathlib.Path(name).read_bytes()).hexdigest() for name in sys.argv[1:]))' "$lock" pyproject.toml; }

if [ -x "$venv/bin/python" ] && [ "$(cat "$venv/lock.stamp" 2>/dev/null)" = "$(fingerprint "$venv/bin/python")" ]; then exit 0; fi

if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    for python in ${PYTHON:-python3 python3.11 python3.12 python3.13 python}; do
        if "$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then found=$python; break; fi
    done
    if [ -z "${found:-}" ]; then
        echo "Perlu Python 3.11, 3.12 atau 3.13 beserta modul venv (di Debian dan Ubuntu: apt install python3 python3-venv)." >&2
        echo "Kalau terpasang dengan nama lain: make PYTHON=/tempat/python3.12 ..." >&2
        exit 1
    fi
    echo "== Menyiapkan lingkungan Python di $venv ($("$found" --version))"
    "$found" -m venv --clear "$venv"
fi

echo "== Memasang $(grep -c '==' "$lock") paket dari $lock (sekali saja, beberapa menit)"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check --no-input "$@"; }
pip install --quiet --no-deps --use-pep517 --require-hashes --requirement "$lock"
case $lock in *bench*|*superset*) ;; *) pip install --quiet --no-deps --no-build-isolation --editable . ;; esac
fingerprint "$venv/bin/python" > "$venv/lock.stamp"
echo "== Siap"
