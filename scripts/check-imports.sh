#!/usr/bin/env bash
# Holds the promises about who may import whom that Package.swift alone does not keep.
set -euo pipefail
cd "$(dirname "$0")/.."

status=0
refuse() {  # MODULES (regex) FOLDERS...: none of the folders may import them
    local modules=$1
    shift
    for folder in "$@"; do
        [ -d "$folder" ] || continue
        if grep -rnE --include='*.swift' "^(public |package |@testable )*import ($modules)( |\$)" "$folder"; then
            echo "check-imports: $folder must not import $modules" >&2
            status=1
        fi
    done
}

torch='CTorch|PomonaTensor|PomonaVision|PomonaTraining'
refuse "$torch" Sources/pomona Sources/PomonaCore Sources/PomonaImaging Sources/PomonaCOCO Sources/PomonaSample \
    Sources/PomonaEvaluation Sources/PomonaModel Sources/PomonaEngine Sources/PomonaExport Sources/PomonaPrediction \
    Sources/PomonaStore Sources/PomonaJobs Sources/PomonaAPI Sources/PomonaDatasets Sources/PomonaLabeling \
    Sources/PomonaFoundations Sources/PomonaWeb
exit $status
