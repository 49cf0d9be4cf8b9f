"""Datasets, models, evaluations and runs: made, listed, changed, deleted."""

import concurrent.futures

import requests

import pictures
from rows import row
from vision_caller import VERSIONS, KEY, is_answer, is_refused
from vision_server import close


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
    rest = requests.get(first["nextLink"], headers={KEY: caller.server.key}, timeout=120).json()
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
    is_answer(requests.delete(url, headers={KEY.lower(): caller.server.key}, timeout=120), 204)


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
