#!/usr/bin/env bash
# Generates the Swift code of the ONNX messages anew after a change of a .proto file. Needs protoc (Debian:
# protobuf-compiler) and protoc-gen-swift, built from the swift-protobuf version that Package.swift names.
set -euo pipefail
cd "$(dirname "$0")/../Sources/PomonaExport/Messages"
for tool in protoc protoc-gen-swift; do
    command -v "$tool" >/dev/null || { echo "generate-onnx-messages: $tool is not in PATH" >&2; exit 1; }
done
protoc --swift_out=. ./*.proto
