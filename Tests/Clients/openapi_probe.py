"""Lets schemathesis send what it thinks of to every operation of the OpenAPI document.

Usage: openapi_probe.py URL KEY BLOB_URL ACCOUNT ACCOUNT_KEY
"""

import pathlib
import subprocess
import sys

import requests

from vision_server import Server, upload_labels

server = Server(sys.argv[1:])
api = f"{server.url}/computervision"
headers = {"Ocp-Apim-Subscription-Key": server.key}
version = {"api-version": "2023-04-01-preview"}
# Names that the probe hits, so that it meets more than refusals.
dataset = {"annotationKind": "imageObjectDetection", "annotationFileUris": [upload_labels(server.container(), "probe")]}
for name in ["0", "A"]:
    requests.put(f"{api}/datasets/{name}", json=dataset, params=version, headers=headers, timeout=120).raise_for_status()

command = [
    str(pathlib.Path(sys.executable).with_name("schemathesis")),
    "run",
    f"{server.url}/openapi.json",
    "--url",
    api,
    "--header",
    f"Ocp-Apim-Subscription-Key: {server.key}",
    "--checks",
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
    "--phases",
    "examples,coverage,fuzzing",
    "--max-examples",
    "30",
    "--seed",
    "1",
    "--no-color",
    "--generation-database",
    "none",
]
result = subprocess.run(command, capture_output=True, text=True, timeout=240)
print(result.stdout, result.stderr)
sys.exit(result.returncode)
