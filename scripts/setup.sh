#!/usr/bin/env bash
# Installs the system packages that Pomona builds on and that are missing; does nothing where all are there.
set -euo pipefail

packages=(libtorch-dev libvips-dev libsimdjson-dev libtcmalloc-minimal4 pkg-config)

command -v swift >/dev/null || {
    echo "setup: no Swift toolchain found; install Swift 6.3 or newer from https://www.swift.org/install" >&2
    exit 1
}

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

command -v apt-get >/dev/null || {
    echo "setup: this script knows only apt; please install the counterparts of: ${missing[*]}" >&2
    exit 1
}
root=()
[ "$(id -u)" = 0 ] || root=(sudo)
echo "setup: installing ${missing[*]}"
"${root[@]}" apt-get update -qq
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
