#!/usr/bin/env bash
# Puts the OpenVINO libraries that prediction needs into the project's folder .openvino; does nothing where they are
# there. They come out of OpenVINO's Python package, which pip downloads; Python is needed only for that.
# --check downloads nothing: its status says whether all is there. Another pip: PIP="path/to/python -m pip".
# Another OpenVINO altogether: set OPENVINO to its folder and skip this.
set -euo pipefail
cd "$(dirname "$0")/.."

version=2026.4.1
hashes=(
    sha256:6b4375c17ddcac83a5180349e2e2bb811185c261066e2a920659892d58ef0e3b # x86-64
    sha256:82efccb2f9f1bdc7e5a1996e05a3b719ebff9232dd54b44150d6d2e983a86b7d # ARM
)
target=.openvino
pip=${PIP:-python3 -m pip}

[ "$(cat "$target/version" 2>/dev/null || true)" = "$version" ] && exit 0
[ "${1:-}" != --check ] || exit 1

$pip --version >/dev/null 2>&1 || {
    echo "fetch-openvino: needs pip (Debian, Ubuntu: apt install python3-pip), or PIP=\"/path/to/python -m pip\"" >&2
    exit 1
}

# Beside the target, so that the last step is a rename.
work=$(mktemp -d .openvino-fetching.XXXXXX)
trap 'rm -rf "$work"' EXIT
echo "openvino==$version${hashes[*]/#/ --hash=}" >"$work/requirements.txt"
echo "fetch-openvino: downloading OpenVINO $version (about 60 MB)"
# Any wheel's libraries serve; naming one Python version makes it the same wheel everywhere, whose hash is known.
$pip download --quiet --disable-pip-version-check --retries 1 --timeout 20 --no-deps --only-binary :all: \
    --implementation cp --python-version 3.12 --require-hashes --requirement "$work/requirements.txt" \
    --dest "$work" 2>"$work/log" || {
    reason=$(grep -m 1 '^ERROR' "$work/log" || tail -n 1 "$work/log")
    echo "fetch-openvino: pip could not download it: ${reason:0:200}" >&2
    exit 1
}

mkdir "$work/openvino"
python3 - "$work" <<'PYTHON'
import pathlib, re, sys, zipfile

work = pathlib.Path(sys.argv[1])
needed = re.compile(
    r"openvino/libs/(libopenvino(_c|_onnx_frontend|_ir_frontend)?\.so[.\d]*"
    r"|libopenvino_(intel|arm)_cpu_plugin\.so|libtbb\.so[.\d]*)"
    r"|[^/]+\.dist-info/licenses/.*(LICENSE|third-party-programs\.txt)$")
(wheel,) = work.glob("*.whl")
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if needed.fullmatch(name):
            (work / "openvino" / pathlib.PurePosixPath(name).name).write_bytes(archive.read(name))
PYTHON
echo "$version" >"$work/openvino/version"
rm -rf "$target"
mv "$work/openvino" "$target"
echo "fetch-openvino: OpenVINO $version is in $target ($(du -sh "$target" | cut -f1))"
