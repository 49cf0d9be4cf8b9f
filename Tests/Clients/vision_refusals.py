"""Everything about datasets, models and keys that must be refused, and leaves nothing."""

import json

import requests
from azure.storage.blob import BlobServiceClient

import pictures
from rows import row
from vision_caller import VERSIONS, KEY, is_answer, is_refused
from vision_server import upload_labels, upload_photo


@row("keys")
def _(caller):
    for key in ["", "0" * 32, caller.server.key + "0", "'; DROP TABLE model"]:
        is_refused(caller.call("GET", "/datasets", key=key), 401, "401")
    url = f"{caller.server.url}/computervision/datasets?api-version={VERSIONS[1]}"
    is_refused(requests.get(url, timeout=30), 401, "401")
    is_answer(requests.get(url, headers={"Authorization": f"Bearer {caller.server.key}"}, timeout=30), 200)
    assert is_answer(caller.call("GET", "/datasets", key=caller.other_key), 200) == {"value": []}
    for path in ["/datasets/fruit", "/models/m1", "/models/m1/evaluations/e1"]:
        is_refused(caller.call("GET", path, key=caller.other_key), 404, "404")
    photo = pictures.fruit()
    is_refused(caller.call("POST", "/imageanalysis:analyze", photo, key=caller.other_key, model_name="m1"), 404, "404")


@row("routes, methods and versions that there are not")
def _(caller):
    is_refused(caller.call("GET", "/nothing"), 404, "404")
    is_refused(caller.call("GET", ""), 404, "404")
    is_refused(caller.call("POST", "/datasets/fruit"), 405, "405")
    is_refused(caller.call("PATCH", "/models/m1", {}), 405, "405")
    is_refused(caller.call("GET", "/models/m1:cancel"), 404, "404")
    is_refused(caller.call("GET", "/datasets", version="2021-01-01"), 400, "InvalidRequest")
    url = f"{caller.server.url}/computervision/datasets"
    is_refused(requests.get(url, headers={KEY: caller.server.key}, timeout=30), 400, "InvalidRequest")
    is_refused(caller.call("GET", "/datasets/%FF"), 400, "InvalidRequest")


@row("datasets that must be refused, and leave nothing")
def _(caller):
    before = is_answer(caller.call("GET", "/datasets", top=30), 200)
    for name in ["-a", "a b", ".a", "a/b", "ä", "x" * 256]:
        answer = caller.dataset(name.replace("/", "%2F"))
        is_refused(answer, 400, "InvalidRequest")
    for fields in [
        {"annotationKind": "imageSegmentation"},
        {"annotationKind": 7},
        {"annotationKind": None},
        {"annotationFileUris": None},
        {"annotationFileUris": "one"},
        {"annotationFileUris": [1]},
        {"authentication": {"kind": "password"}},
        {"authentication": {"kind": "sas"}},
        {"authentication": {"kind": "sas", "sasToken": "http://elsewhere/?sig=1"}},
        {"authentication": "sas"},
        {"customProperties": {"a": 1}},
        {"customProperties": {str(number): "x" for number in range(11)}},
    ]:
        is_refused(caller.dataset("bad", **fields), 400, "InvalidRequest")
    for files in [[], ["train.json"], ["ftp://x/y"], [caller.train_url] * 11]:
        is_refused(caller.dataset("bad", annotationFileUris=files), 400, "DatasetInvalidAnnotationUri")
    for body in ["", "{", "[]", "nothing", '{"annotationKind":"imageObjectDetection"} x', "[" * 100_000, '{"a":"\x01"}']:
        is_refused(caller.call("PUT", "/datasets/bad", body), 400, "InvalidRequest", "BadArgument")
    is_refused(caller.call("PUT", "/datasets/bad", " " * (5 << 20)), 400, "InvalidRequest")
    assert is_answer(caller.call("GET", "/datasets", top=30), 200) == before


@row("trainings that must be refused, and leave nothing")
def _(caller):
    caller.container.upload_blob("broken.json", b"<xml>")
    caller.container.upload_blob("empty.json", json.dumps({"images": [], "annotations": [], "categories": []}))
    is_answer(caller.dataset("broken", annotationFileUris=[f"{caller.container.url}/broken.json"]), 201)
    is_answer(caller.dataset("empty", annotationFileUris=[f"{caller.container.url}/empty.json"]), 201)
    is_answer(caller.dataset("gone", annotationFileUris=[f"{caller.container.url}/gone.json"]), 201)
    is_answer(caller.dataset("classes", annotationKind="imageClassification"), 201)
    # What another group keeps is not read, neither labels nor photos.
    other = BlobServiceClient(f"{caller.server.blob_url}/{caller.other_account}", credential=caller.other_account_key)
    foreign = upload_labels(other.create_container("foreign"), "theirs")
    is_answer(caller.dataset("foreign", annotationFileUris=[foreign]), 201)
    caller.container.upload_blob("theirs.json", other.get_blob_client("foreign", "theirs.json").download_blob().readall())
    is_answer(caller.dataset("foreign-photos", annotationFileUris=[f"{caller.container.url}/theirs.json"]), 201)
    before = is_answer(caller.call("GET", "/models", top=30), 200)
    for hours in [0, -1, 1345, 1.5, "many", None, True]:
        is_refused(caller.train("bad", hours=hours), 400, "InvalidRequest")
    is_refused(caller.train("bad", kind="Generic-Segmenter"), 400, "InvalidRequest")
    is_refused(caller.train("bad", dataset="nobody"), 400, "InvalidRequest", "DatasetNotFound")
    fields = {"evaluationParameters": {"testDatasetName": "nobody"}}
    is_refused(caller.train("bad", **fields), 400, "InvalidRequest", "DatasetNotFound")
    for dataset in ["broken", "empty", "gone", "classes", "foreign", "foreign-photos"]:
        is_refused(caller.train("bad", dataset=dataset), 400, "InvalidRequest")
    is_refused(caller.train("a b"), 400, "InvalidRequest")
    is_refused(caller.call("PUT", "/models/bad", {}), 400, "InvalidRequest", "BadArgument")
    assert is_answer(caller.call("GET", "/models", top=30), 200) == before


@row("evaluations and deletions that must be refused")
def _(caller):
    is_answer(caller.train("endless", hours=1344), 201)
    body = {"evaluationParameters": {"testDatasetName": "fruit"}}
    is_refused(caller.call("PUT", "/models/endless/evaluations/e", body), 400, "InvalidRequest")
    is_refused(caller.call("DELETE", "/models/endless"), 400, "InvalidRequest")
    is_refused(caller.call("POST", "/imageanalysis:analyze", pictures.fruit(), model_name="endless"), 400, "InvalidRequest")
    assert is_answer(caller.call("POST", "/models/endless:cancel"), 202)["name"] == "endless"
    assert caller.wait("/models/endless")["status"] == "cancelled"
    assert caller.call("DELETE", "/models/endless").status_code == 204
    is_refused(caller.call("DELETE", "/models/endless"), 404, "404")
    is_refused(caller.call("POST", "/models/endless:cancel"), 404, "404")
    for fields in [{}, {"evaluationParameters": {}}, {"evaluationParameters": {"testDatasetName": "classes"}}]:
        is_refused(caller.call("PUT", "/models/m1/evaluations/e", fields), 400, "InvalidRequest")
    is_refused(caller.call("PUT", "/models/nobody/evaluations/e", body), 404, "404")


@row("pictures that cannot be made")
def _(caller):
    photo = upload_photo(caller.container, "one.png", pictures.fruit())
    text = upload_photo(caller.container, "text.jpg", b"no photo")
    outside = "http://127.0.0.1:9/photo.png"
    for images in [[photo], [photo] * 21, [photo, text], [photo, outside], [photo, 7], "photo", None]:
        is_refused(caller.call("POST", "/imagecomposition:stitch", {"images": images}), 400, "InvalidRequest")
    is_refused(caller.call("POST", "/imagecomposition:stitch", {}), 400, "InvalidRequest")
