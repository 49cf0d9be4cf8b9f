#!/usr/bin/env bash
# Puts the clients that the tests drive against our server into the project's folder .clients, a Python environment of its
# own. Does nothing where all are there. Where they cannot be had it says so by name, and the tests that need them are
# skipped by name; nothing else depends on them.
# Another Python to make it with: PYTHON=/path/to/python3.
set -euo pipefail
cd "$(dirname "$0")/.."

requirements=Tests/Clients/requirements.txt
target=.clients
python=${PYTHON:-python3}

# The browser that the pages are tested in. Without it those tests are skipped by name.
if ! command -v chromium >/dev/null && [ -z "${POMONA_CHROMIUM:-}" ] && command -v apt-get >/dev/null; then
    root=()
    [ "$(id -u)" = 0 ] || root=(sudo)
    echo "setup-clients: installing chromium"
    { "${root[@]}" apt-get update -qq && "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends chromium; } >/dev/null ||
        echo "setup-clients: chromium could not be installed; tests of the pages are skipped" >&2
fi

# The list that the environment was made from lies in it: the same list, the same environment.
cmp -s "$requirements" "$target/requirements.txt" && exit 0

skip() {
    echo "setup-clients: skipped the clients in $requirements: $1" >&2
    exit 0
}

command -v "$python" >/dev/null || skip "there is no $python"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# An environment remembers its path, so it is made in its place; until its list is in it, it counts for nothing.
rm -rf "$target"
"$python" -m venv "$target" >"$work/log" 2>&1 || {
    rm -rf "$target"
    skip "$python makes no environment (Debian, Ubuntu: apt install python3-venv)"
}
echo "setup-clients: installing the clients that the tests drive ($(grep -c == "$requirements") packages)"
"$target/bin/python" -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 20 \
    --requirement "$requirements" >"$work/log" 2>&1 || {
    rm -rf "$target"
    skip "pip could not install them ($(grep -m 1 -iE 'error|could not' "$work/log" | cut -c 1-160 || true))"
}
cp "$requirements" "$target/requirements.txt"
