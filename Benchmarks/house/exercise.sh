#!/usr/bin/env bash
# The exercise by commands alone, against a server of its own.
# Usage: exercise.sh PROGRAM TRAINING_PHOTOS TRAINING_LABELS EVALUATION_PHOTOS EVALUATION_LABELS [FOUNDATION]
set -euo pipefail
program=$1
data=$(mktemp -d)
# The label files get names that no photo folder holds already.
work=$(mktemp -d)
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$data" "$work"' EXIT
cp "$3" "$work/labels-for-training.json"
cp "$5" "$work/labels-for-evaluation.json"
export POMONA_DATA=$data
[ -z "${6:-}" ] || "$program" foundation add "$6" --name named
"$program" serve --port 0 --blob-port 0 >"$work/server.log" 2>&1 &
server=$!
until [ -e "$data/server.json" ]; do sleep 0.2; done

run() { echo "\$ pomona $*"; "$program" "$@"; }
run group create fruit --storage-account fruitstore
run storage create fruitstore --container training-images --group fruit
run storage create fruitstore --container evaluation-images --group fruit
run storage upload training-images "$2" "$work/labels-for-training.json" --group fruit
run storage upload evaluation-images "$4" "$work/labels-for-evaluation.json" --group fruit
run dataset create training --container training-images --group fruit
run dataset import training labels-for-training.json --group fruit
run dataset create evaluation --container evaluation-images --group fruit
run dataset import evaluation labels-for-evaluation.json --group fruit
run model train fruit --dataset training --evaluation evaluation --budget 5m --group fruit
run model show fruit --group fruit
run model evaluate fruit --dataset evaluation --group fruit
run verify
run group delete fruit --yes
run verify
