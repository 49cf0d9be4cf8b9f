"""Plain requests to the Vision API: the documentation's curl lines, odd but legal spellings, and all that is refused.

Usage: vision_requests.py URL KEY BLOB_URL ACCOUNT ACCOUNT_KEY OTHER_KEY OTHER_ACCOUNT OTHER_ACCOUNT_KEY
where OTHER is another resource group of the same server.
"""

import concurrent.futures
import datetime
import json
import shutil
import subprocess
import sys
import time

import requests
from azure.storage.blob import BlobSasPermissions, BlobServiceClient, generate_blob_sas

import pictures
from rows import row, run_rows
from vision_server import Server, close, upload_labels, upload_photo

PREVIEWS = ["2023-02-01-preview", "2023-04-01-preview"]
VERSIONS = PREVIEWS + ["2023-10-01", "2024-02-01"]
KEY = "Ocp-Apim-Subscription-Key"


class Caller:
    def __init__(self, server):
        self.server = server
        self.other_key, self.other_account, self.other_account_key = server.rest
        self.container = server.container()
        self.train_url = upload_labels(self.container, "train")

    def call(self, method, path, body=None, *, version="2023-04-01-preview", key=None, headers=None, **query):
        headers = {KEY: self.server.key if key is None else key, **(headers or {})}
        params = {"api-version": version, **{name.replace("_", "-"): value for name, value in query.items()}}
        data = body if isinstance(body, (bytes, str)) or body is None else json.dumps(body)
        if data is not None and "Content-Type" not in headers:
            headers["Content-Type"] = "application/octet-stream" if isinstance(data, bytes) else "application/json"
        url = f"{self.server.url}/computervision{path}"
        return requests.request(method, url, data=data, params=params, headers=headers, timeout=30)

    def dataset(self, name, **fields):
        body = {"annotationKind": "imageObjectDetection", "annotationFileUris": [self.train_url], **fields}
        return self.call("PUT", f"/datasets/{name}", body)

    def train(self, name, dataset="fruit", hours=1, kind="Generic-Detector", **fields):
        parameters = {"trainingDatasetName": dataset, "timeBudgetInHours": hours, "modelKind": kind}
        return self.call("PUT", f"/models/{name}", {"trainingParameters": parameters, **fields})

    def wait(self, path):
        for _ in range(500):
            answer = self.call("GET", path).json()
            if answer["status"] in ["succeeded", "failed", "cancelled"]:
                return answer
            time.sleep(0.02)
        raise AssertionError(f"{path} stays {answer['status']}")


def is_answer(answer, status):
    assert answer.status_code == status, f"expected {status}, found {answer.status_code}: {answer.text}"
    return answer.json() if answer.content else None


def is_refused(answer, status, code, inner=None):
    body = is_answer(answer, status)
    error = body["error"]
    assert error["code"] == code, f"expected the code {code}: {body}"
    assert answer.headers["x-ms-error-code"] == code
    assert error["message"] and list(body) == ["error"]
    found = error.get("innererror", {}).get("code")
    assert inner is None or found == inner, f"expected the inner code {inner}: {body}"
    return error["message"]


@row("a dataset's whole life")
def _(caller):
    answer = caller.dataset("fruit", customProperties={"Season": "autumn"}, authentication={"kind": "none"})
    dataset = is_answer(answer, 201)
    assert dataset["name"] == "fruit" and dataset["annotationFileUris"] == [caller.train_url]
    assert dataset["customProperties"] == {"Season": "autumn"} and "authentication" not in dataset
    assert answer.headers["ETag"] == f'"{dataset["eTag"]}"'
    assert is_answer(caller.call("GET", "/datasets/fruit"), 200) == dataset
    is_refused(caller.dataset("fruit"), 409, "DatasetAlreadyExists")
    changed = is_answer(caller.call("PATCH", "/datasets/fruit", {"customProperties": {"a": "b"}}), 200)
    assert changed["customProperties"] == {"a": "b"} and changed["annotationFileUris"] == [caller.train_url]
    assert changed["eTag"] != dataset["eTag"] and changed["updatedDateTime"] >= dataset["updatedDateTime"]
    old, new = {"If-Match": dataset["eTag"]}, {"If-Match": f'"{changed["eTag"]}"'}
    is_refused(caller.call("PATCH", "/datasets/fruit", {}, headers=old), 412, "PreconditionFailed")
    is_refused(caller.call("DELETE", "/datasets/fruit", headers=old), 412, "PreconditionFailed")
    is_answer(caller.call("PATCH", "/datasets/fruit", {}, headers={"If-Match": "*"}), 200)
    is_refused(caller.call("PATCH", "/datasets/fruit", {}, headers=new), 412, "PreconditionFailed")
    tag = is_answer(caller.call("GET", "/datasets/fruit"), 200)["eTag"]
    is_answer(caller.call("PATCH", "/datasets/fruit", {}, headers={"If-Match": f'"x", "{tag}"'}), 200)


@row("lists in pages")
def _(caller):
    for number in range(11):
        is_answer(caller.dataset(f"page-{number:02}"), 201)
    first = is_answer(caller.call("GET", "/datasets"), 200)
    assert [item["name"] for item in first["value"]] == ["fruit"] + [f"page-{number:02}" for number in range(9)]
    rest = requests.get(first["nextLink"], headers={KEY: caller.server.key}, timeout=30).json()
    assert [item["name"] for item in rest["value"]] == ["page-09", "page-10"] and "nextLink" not in rest
    names = [item["name"] for item in is_answer(caller.call("GET", "/datasets", skip=3, top=2), 200)["value"]]
    assert names == ["page-02", "page-03"]
    assert is_answer(caller.call("GET", "/datasets", skip=12), 200) == {"value": []}
    assert is_answer(caller.call("GET", "/models"), 200) == {"value": []}
    for bad in [{"top": 0}, {"top": 31}, {"skip": -1}, {"top": "many"}]:
        is_refused(caller.call("GET", "/datasets", **bad), 400, "InvalidRequest")
    for number in range(11):
        assert caller.call("DELETE", f"/datasets/page-{number:02}").status_code == 204


@row("keys in any letter case, single quotation marks, trailing commas, two slashes")
def _(caller):
    body = "{'ANNOTATIONKIND':'imageobjectdetection', 'AnnotationFileUris':['" + caller.train_url + "',],}"
    is_answer(caller.call("PUT", "//datasets//odd", body), 201)
    for content_type in ["application/json-patch+json", "application/json; charset=utf-8", "text/plain"]:
        is_answer(caller.call("PATCH", "/datasets/odd", "{ }", headers={"Content-Type": content_type}), 200)
    url = f"{caller.server.url}//computervision//datasets/odd?API-Version={VERSIONS[0]}"
    is_answer(requests.delete(url, headers={KEY.lower(): caller.server.key}, timeout=30), 204)


@row("the documentation's curl lines")
def _(caller):
    curl = shutil.which("curl")
    if curl is None:
        print("skipped: there is no curl")
        return

    def run(*arguments):
        command = [curl, "-s", "--noproxy", "*", "-H", f"{KEY}: {caller.server.key}", *arguments]
        return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=30).stdout)

    api = f"{caller.server.url}/computervision"
    version = "api-version=2023-02-01-preview"
    body = f"""{{
'annotationKind':'imageObjectDetection',
'annotationFileUris':['{caller.train_url}'],
}}"""
    json_type = ["-H", "Content-Type: application/json"]
    answer = run("-X", "PUT", f"{api}/datasets/curl-set?{version}", *json_type, "--data-ascii", body)
    assert answer["name"] == "curl-set", answer
    body = """{
'trainingParameters': {
    'trainingDatasetName':'curl-set',
    'timeBudgetInHours':1,
    'modelKind':'Generic-Detector',
},}"""
    answer = run("-X", "PUT", f"{api}/models/curl-model?{version}", *json_type, "--data-ascii", body)
    assert answer["status"] == "notStarted", answer
    assert caller.wait("/models/curl-model")["status"] == "succeeded"
    url = upload_photo(caller.container, "curl.png", pictures.fruit())
    analyze = f"{api}/imageanalysis:analyze?model-name=curl-model&{version}"
    answer = run("-X", "POST", analyze, *json_type, "--data-ascii", "{'url':'" + url + "'}")
    assert len(answer["customModelResult"]["objects"]) == 2, answer
    answer = run("-X", "DELETE", f"{api}/models/curl-model?{version}", "-w", '{"status":%{http_code}}')
    assert answer == {"status": 204}


@row("training, evaluation and their lists")
def _(caller):
    model = is_answer(caller.train("m1", kind="genericdetector", evaluationParameters=None), 201)
    assert model["trainingParameters"]["modelKind"] == "Generic-Detector"
    assert caller.wait("/models/m1")["status"] == "succeeded"
    is_refused(caller.train("m1"), 409, "ModelAlreadyExists")
    body = {"EvaluationParameters": {"TestDatasetName": "fruit"}}
    evaluation = is_answer(caller.call("PUT", "/models/m1/evaluations/e1", body), 201)
    assert evaluation["modelName"] == "m1" and evaluation["evaluationParameters"] == {"testDatasetName": "fruit"}
    is_refused(caller.call("PUT", "/models/m1/evaluations/e1", body), 409, "EvaluationAlreadyExists")
    done = caller.wait("/models/m1/evaluations/e1")
    close(done["modelPerformance"]["meanAveragePrecision30"], 1)
    assert "meanAveragePrecision" not in done["modelPerformance"]
    is_answer(caller.call("PUT", "/models/m1/evaluations/e2", body), 201)
    page = is_answer(caller.call("GET", "/models/m1/evaluations", top=1), 200)
    assert [item["name"] for item in page["value"]] == ["e1"] and "/models/m1/evaluations?" in page["nextLink"]
    caller.wait("/models/m1/evaluations/e2")
    assert caller.call("DELETE", "/models/m1/evaluations/e2").status_code == 204
    is_refused(caller.call("GET", "/models/m1/evaluations/e2"), 404, "404")
    assert [item["name"] for item in is_answer(caller.call("GET", "/models"), 200)["value"]] == ["m1"]
    cancelled = is_answer(caller.call("POST", "/models/m1:cancel"), 202)
    assert cancelled["status"] == "succeeded"


@row("two requests for one name at once")
def _(caller):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: caller.dataset("twice"), range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
        answers = list(pool.map(lambda _: caller.train("twin"), range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    caller.wait("/models/twin")


@row("analysis with a custom model, in the shape of each version")
def _(caller):
    path, photo = "/imageanalysis:analyze", pictures.fruit()
    answer = is_answer(caller.call("POST", path, photo, model_name="m1"), 200)
    assert set(answer) == {"modelVersion", "metadata", "customModelResult"}
    assert set(answer["customModelResult"]) == {"objectsResult"}
    value = answer["customModelResult"]["objectsResult"]["values"][0]
    assert set(value) == {"id", "boundingBox", "tags"} and set(value["boundingBox"]) == {"x", "y", "w", "h"}
    early = is_answer(caller.call("POST", path, photo, version=PREVIEWS[0], model_name="m1"), 200)
    assert early["kind"] == "imageAnalysisResult"
    assert early["customModelResult"]["imageMetadata"] == {"width": 160, "height": 120}
    assert early["customModelResult"]["objects"][0]["boundingBox"] == value["boundingBox"]
    for version in VERSIONS[2:]:
        is_refused(caller.call("POST", path, photo, version=version, model_name="m1"), 400, "InvalidRequest")
    for version in VERSIONS:
        found = is_answer(caller.call("POST", path, photo, version=version, features="objects, Tags"), 200)
        assert set(found) == {"modelVersion", "metadata", "objectsResult", "tagsResult"}


@row("photos of every type, as a form, and by URL with the right to them")
def _(caller):
    path, photo = "/imageanalysis:analyze", pictures.fruit()
    for content_type in ["image/jpeg", "image/png", "IMAGE/BMP", "application/octet-stream"]:
        is_answer(caller.call("POST", path, photo, headers={"Content-Type": content_type}, features="tags"), 200)
    form = requests.Request("POST", "http://x", files={"image": ("a.png", photo, "image/png")}).prepare()
    headers = {"Content-Type": form.headers["Content-Type"]}
    is_answer(caller.call("POST", path, form.body, headers=headers, features="tags"), 200)

    # A blob of another group: refused as it is, open with a signature.
    other = BlobServiceClient(f"{caller.server.blob_url}/{caller.other_account}", credential=caller.other_account_key)
    other.create_container("private")
    blob = other.get_blob_client("private", "fruit.png")
    blob.upload_blob(photo)
    is_refused(caller.call("POST", path, {"url": blob.url}, features="tags"), 400, "InvalidRequest", "InvalidImageUrl")
    expiry = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
    permission = BlobSasPermissions(read=True)
    options = {"account_key": caller.other_account_key, "permission": permission}
    token = generate_blob_sas(caller.other_account, "private", "fruit.png", expiry=expiry, **options)
    is_answer(caller.call("POST", path, {"url": f"{blob.url}?{token}"}, features="tags"), 200)
    expired = expiry - datetime.timedelta(hours=2)
    token = generate_blob_sas(caller.other_account, "private", "fruit.png", expiry=expired, **options)
    answer = caller.call("POST", path, {"url": f"{blob.url}?{token}"}, features="tags")
    is_refused(answer, 400, "InvalidRequest", "InvalidImageUrl")


@row("URLs that must not be fetched")
def _(caller):
    path = "/imageanalysis:analyze"
    missing = f"{caller.container.url}/missing.png"
    private = ["http://localhost/", "http://127.0.0.1:1/x.png", "http://[::1]/", "http://10.0.0.1/a", missing]
    others = ["file:///etc/passwd", "fruit.png", "http://metadata.invalid/", "http://user@example.org/", ""]
    for url in private + others:
        answer = caller.call("POST", path, {"url": url}, features="tags")
        is_refused(answer, 400, "InvalidRequest", "InvalidImageUrl")
    is_refused(caller.call("POST", path, {"uri": missing}, features="tags"), 400, "InvalidRequest", "BadArgument")
    is_refused(caller.call("POST", path, {"url": 5}, features="tags"), 400, "InvalidRequest", "BadArgument")


@row("photos that are none")
def _(caller):
    path = "/imageanalysis:analyze"

    def refused(data, inner, **headers):
        is_refused(caller.call("POST", path, data, headers=headers, features="tags"), 400, "InvalidRequest", inner)

    limit = 20 * 1024 * 1024
    refused(b"", "InvalidImageSize")
    refused(b"\xff" * (limit + 1), "InvalidImageSize")
    refused(b"%PDF-1.7 and so on", "InvalidImageFormat", **{"Content-Type": "image/jpeg"})
    refused(b"\xff" * 1000, "InvalidImageFormat")
    refused(pictures.fruit()[:150], "InvalidImageFormat")
    refused(pictures.png(49, 60), "InvalidImageSize")
    refused(pictures.png(16_001, 50), "InvalidImageSize")
    # 60,000 x 60,000 pixels in few bytes.
    refused(pictures.png_of_rows(60_000, 60_000, b"\0" * 1000), "InvalidImageSize")
    refused(b"{}", "BadArgument", **{"Content-Type": "text/html"})
    # Exactly as long as it may be: what follows a photo's end is not looked at.
    photo = pictures.fruit()
    padded = photo + b"\0" * (limit - len(photo))
    is_answer(caller.call("POST", path, padded, features="tags"), 200)


@row("questions that are none")
def _(caller):
    path, photo = "/imageanalysis:analyze", pictures.fruit()
    for query, inner in [
        ({}, None),
        ({"features": "tags", "model_name": "m1"}, None),
        ({"features": "colour"}, "NotSupportedVisualFeature"),
        ({"features": "tags,caption"}, "NotSupportedVisualFeature"),
        ({"features": "read"}, "NotSupportedVisualFeature"),
        ({"features": "denseCaptions"}, "NotSupportedVisualFeature"),
        ({"features": ","}, "NotSupportedVisualFeature"),
        ({"features": "tags", "language": "xx"}, "NotSupportedLanguage"),
        ({"features": "smartCrops", "smartcrops_aspect_ratios": "0.7"}, "BadArgument"),
        ({"features": "smartCrops", "smartcrops_aspect_ratios": "wide"}, "BadArgument"),
        ({"features": "tags", "model_version": "newest"}, "BadArgument"),
    ]:
        is_refused(caller.call("POST", path, photo, **query), 400, "InvalidRequest", inner)
    is_refused(caller.call("POST", path, photo, model_name="nobody"), 404, "404")


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


@row("a model that fails, while others go on")
def _(caller):
    broken = pictures.png(60, 60, ground=pictures.BLACK)
    photos = [broken, pictures.fruit()] * 8
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda photo: caller.call("POST", "/imageanalysis:analyze", photo, features="tags"), photos))
    for photo, answer in zip(photos, answers):
        if photo is broken:
            message = is_refused(answer, 500, "InternalServerError")
            assert "secret" not in message
        else:
            is_answer(answer, 200)


run_rows(Caller(Server(sys.argv[1:])))
