"""Plain requests to the Vision API, and what their answers must be."""

import json
import time

import requests

from vision_server import upload_labels

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
        return requests.request(method, url, data=data, params=params, headers=headers, timeout=120)

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
