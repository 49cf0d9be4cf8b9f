"""The documentation's curl lines, with their single quotation marks and trailing commas."""

import json
import shutil
import subprocess
import time

from rows import row
from vision_caller import KEY
from vision_photos import Sample
from vision_server import upload_dataset

VERSION = "api-version=2023-02-01-preview"
JSON = ["-H", "Content-Type: application/json"]


@row("the documentation's curl lines")
def _(work):
    curl = shutil.which("curl")
    if curl is None:
        print("skipped: there is no curl")
        return
    api = f"{work.server.url}/computervision"

    def run(*arguments):
        command = [curl, "-s", "--noproxy", "*", "-H", f"{KEY}: {work.server.key}", *arguments]
        return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=120).stdout)

    def analyze(model, url):
        path = f"{api}/imageanalysis:analyze?model-name={model}&{VERSION}"
        return run("-X", "POST", path, *JSON, "--data-ascii", "{'url':'" + url + "'}")["customModelResult"]

    # A classifier learns in a second, and so the lines train one.
    photos = work.sample.photos(Sample.SINGLE)
    labels = upload_dataset(work.server.container(), "single", photos, for_classification=True)
    body = f"""{{
'annotationKind':'imageClassification',
'annotationFileUris':['{labels}'],
}}"""
    answer = run("-X", "PUT", f"{api}/datasets/curl-set?{VERSION}", *JSON, "--data-ascii", body)
    assert answer["name"] == "curl-set" and answer["annotationKind"] == "imageClassification", answer
    body = """{
'trainingParameters': {
    'trainingDatasetName':'curl-set',
    'timeBudgetInHours':1,
    'modelKind':'Generic-Classifier',
},}"""
    answer = run("-X", "PUT", f"{api}/models/curl-model?{VERSION}", *JSON, "--data-ascii", body)
    assert answer["status"] == "notStarted", answer
    end = time.monotonic() + 120
    while (answer := run(f"{api}/models/curl-model?{VERSION}"))["status"] != "succeeded":
        assert answer["status"] in ["notStarted", "training"] and time.monotonic() < end, answer
        time.sleep(0.2)

    for photo in photos[:3]:
        url = f"{labels.rsplit('/', 1)[0]}/{photo.name}"
        best = max(analyze("curl-model", url)["classifications"], key=lambda item: item["confidence"])
        assert best["label"] == photo.objects[0][0], (photo.name, best)
    found = analyze("fruit", f"{work.container.url}/{work.photo.name}")["objects"]
    work.photo.check([
        (item["classifications"][0]["label"], item["classifications"][0]["confidence"],
         [item["boundingBox"][side] for side in "xywh"])
        for item in found
    ])
    answer = run("-X", "DELETE", f"{api}/models/curl-model?{VERSION}", "-w", '{"status":%{http_code}}')
    assert answer == {"status": 204}
