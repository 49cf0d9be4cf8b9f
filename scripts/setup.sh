#!/usr/bin/env bash
# Installs the system packages that Pomona builds on and that are missing, and fetches OpenVINO; does nothing where all
# are there.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(libtorch-dev libvips-dev libsimdjson-dev libsqlite3-dev zlib1g-dev libtcmalloc-minimal4 pkg-config)

command -v swift >/dev/null || {
    echo "setup: no Swift toolchain found; install Swift 6.3 or newer from https://www.swift.org/install" >&2
    exit 1
}

install() {  # PACKAGES...: through apt
    local root=()
    [ "$(id -u)" = 0 ] || root=(sudo)
    "${root[@]}" apt-get update -qq &&
        "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || {
        echo "setup: this script knows only apt; please install the counterparts of: ${missing[*]}" >&2
        exit 1
    }
    echo "setup: installing ${missing[*]}"
    install "${missing[@]}"
fi

# Prediction is faster with OpenVINO and does without, so nothing about it stops the setup.
if [ -z "${OPENVINO:-}" ] && ! scripts/fetch-openvino.sh --check; then
    if [ -z "${PIP:-}" ] && ! python3 -m pip --version >/dev/null 2>&1 && command -v apt-get >/dev/null; then
        echo "setup: installing python3-pip, which downloads OpenVINO"
        install python3-pip || true
    fi
    scripts/fetch-openvino.sh ||
        echo "setup: without OpenVINO predictions go through libtorch, which takes about three times as long" >&2
fi
