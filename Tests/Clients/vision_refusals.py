"""Everything about datasets, models and keys that must be refused, and leaves nothing."""

import datetime
import json

import requests
from azure.storage.blob import BlobServiceClient, ContainerSasPermissions, generate_container_sas

import pictures
from rows import row
from vision_caller import VERSIONS, KEY, is_answer, is_refused
from vision_server import upload_labels, upload_photo


@row("keys")
def _(caller):
    for key in ["", "0" * 32, caller.server.key + "0", "'; DROP TABLE model"]:
        is_refused(caller.call("GET", "/datasets", key=key), 401, "401")
    url = f"{caller.server.url}/computervision/datasets?api-version={VERSIONS[1]}"
    is_refused(requests.get(url, timeout=120), 401, "401")
    is_answer(requests.get(url, headers={"Authorization": f"Bearer {caller.server.key}"}, timeout=120), 200)
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
    is_refused(requests.get(url, headers={KEY: caller.server.key}, timeout=120), 400, "InvalidRequest")
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
    fields = json.loads(caller.container.download_blob("train.json").readall())
    fields["annotations"][0]["category_id"] = 99
    caller.container.upload_blob("faulty.json", json.dumps(fields))
    is_answer(caller.dataset("faulty", annotationFileUris=[f"{caller.container.url}/faulty.json"]), 201)
    before = is_answer(caller.call("GET", "/models", top=30), 200)
    for hours in [0, -1, 1345, 1.5, "many", None, True]:
        is_refused(caller.train("bad", hours=hours), 400, "InvalidRequest")
    is_refused(caller.train("bad", kind="Generic-Segmenter"), 400, "InvalidRequest")
    is_refused(caller.train("bad", dataset="nobody"), 400, "InvalidRequest", "DatasetNotFound")
    fields = {"evaluationParameters": {"testDatasetName": "nobody"}}
    is_refused(caller.train("bad", **fields), 400, "InvalidRequest", "DatasetNotFound")
    for dataset, inner in [
        ("broken", "DatasetCorrupt"),
        ("empty", "DatasetEmpty"),
        ("faulty", "DatasetAnnotationsInvalid"),
        ("gone", "DatasetNotFound"),
        ("classes", "BadArgument"),
        ("foreign", "DatasetNotFound"),
        ("foreign-photos", "DatasetCorrupt"),
    ]:
        is_refused(caller.train("bad", dataset=dataset), 400, "InvalidRequest", inner)
        fields = {"evaluationParameters": {"testDatasetName": dataset}}
        is_refused(caller.train("bad", **fields), 400, "InvalidRequest", inner)
        is_refused(caller.call("PUT", "/models/m1/evaluations/bad", fields), 400, "InvalidRequest", inner)
    is_refused(caller.train("a b"), 400, "InvalidRequest")
    is_refused(caller.call("PUT", "/models/bad", {}), 400, "InvalidRequest", "BadArgument")
    assert is_answer(caller.call("GET", "/models", top=30), 200) == before


@row("another group's blobs, opened by a signature and to everybody")
def _(caller):
    other = BlobServiceClient(f"{caller.server.blob_url}/{caller.other_account}", credential=caller.other_account_key)
    labels = other.get_blob_client("foreign", "theirs.json").url
    expiry = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
    options = {"account_key": caller.other_account_key, "permission": ContainerSasPermissions(read=True)}
    token = generate_container_sas(caller.other_account, "foreign", expiry=expiry, **options)
    expired = generate_container_sas(caller.other_account, "foreign", expiry=expiry - datetime.timedelta(hours=2), **options)
    access = {"kind": "sas", "sasToken": expired}
    is_answer(caller.dataset("signed", annotationFileUris=[labels], authentication=access), 201)
    is_refused(caller.train("signed", dataset="signed"), 400, "InvalidRequest", "DatasetNotFound")
    # A question mark in front is what portals show.
    access = {"authentication": {"kind": "sas", "sasToken": f"?{token}"}}
    changed = is_answer(caller.call("PATCH", "/datasets/signed", access), 200)
    assert changed["authentication"] == {"kind": "sas"}, changed
    is_answer(caller.train("signed", dataset="signed"), 201)
    assert caller.wait("/models/signed")["status"] == "succeeded"
    # Photos of theirs, labels of ours: the same token covers both.
    access = {"kind": "sas", "sasToken": token}
    ours = f"{caller.container.url}/theirs.json"
    is_answer(caller.dataset("signed-photos", annotationFileUris=[ours], authentication=access), 201)
    is_answer(caller.call("PUT", "/models/signed/evaluations/e", {"evaluationParameters": {"testDatasetName": "signed-photos"}}), 201)
    assert caller.wait("/models/signed/evaluations/e")["status"] == "succeeded"
    other.get_container_client("foreign").set_container_access_policy({}, public_access="blob")
    is_answer(caller.train("open", dataset="foreign"), 201)
    assert caller.wait("/models/open")["status"] == "succeeded"
    other.get_container_client("foreign").set_container_access_policy({})
    is_refused(caller.train("closed", dataset="foreign"), 400, "InvalidRequest", "DatasetNotFound")


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


@row("an evaluation with labels that the model does not know")
def _(caller):
    boxes = {"cherry": (20, 30, 60, 80)}
    is_answer(caller.dataset("cherries", annotationFileUris=[upload_labels(caller.container, "cherries", 1, boxes)]), 201)
    body = {"evaluationParameters": {"testDatasetName": "cherries"}}
    is_answer(caller.call("PUT", "/models/m1/evaluations/cherries", body), 201)
    done = caller.wait("/models/m1/evaluations/cherries")
    assert done["status"] == "failed" and done["error"]["code"] == "datasetAnnotationsInvalid", done
    assert "cherry" in done["error"]["message"] and set(done["error"]) <= {"code", "message", "target", "details"}
    assert caller.call("DELETE", "/models/m1/evaluations/cherries").status_code == 204


@row("pictures that cannot be made")
def _(caller):
    photo = upload_photo(caller.container, "one.png", pictures.fruit())
    text = upload_photo(caller.container, "text.jpg", b"no photo")
    outside = "http://127.0.0.1:9/photo.png"
    for images in [[photo], [photo] * 21, [photo, text], [photo, outside], [photo, 7], "photo", None]:
        is_refused(caller.call("POST", "/imagecomposition:stitch", {"images": images}), 400, "InvalidRequest")
    is_refused(caller.call("POST", "/imagecomposition:stitch", {}), 400, "InvalidRequest")
