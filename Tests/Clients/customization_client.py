"""Drives Microsoft's sample client for model customization, in its multi-service mode, through a whole undertaking.

Usage: customization_client.py URL KEY BLOB_URL ACCOUNT ACCOUNT_KEY
"""

import datetime
import sys

import requests
from azure.storage.blob import ContainerSasPermissions, generate_container_sas
from cognitive_service_vision_model_customization_python_samples import (
    AnnotationKind,
    Authentication,
    AuthenticationKind,
    Dataset,
    DatasetClient,
    Evaluation,
    EvaluationClient,
    EvaluationParameters,
    EvaluationStatus,
    Model,
    ModelKind,
    ModelStatus,
    PredictionClient,
    ResourceType,
    TrainingClient,
    TrainingParameters,
)

import pictures
from rows import raises, row, run_rows
from vision_server import Server, close, upload_labels

MODE = ResourceType.MULTI_SERVICE_RESOURCE


class Undertaking:
    def __init__(self, server):
        self.server = server
        self.datasets = DatasetClient(MODE, None, server.url, server.key)
        self.training = TrainingClient(MODE, None, server.url, server.key)
        self.prediction = PredictionClient(MODE, None, server.url, server.key)
        self.evaluations = EvaluationClient(MODE, None, server.url, server.key)
        self.container = server.container()
        self.train_url = upload_labels(self.container, "train")
        self.test_url = upload_labels(self.container, "test", count=2)


@row("register datasets")
def _(work):
    dataset = Dataset("fruit-train", AnnotationKind.OBJECT_DETECTION, [work.train_url], custom_properties={"a": "b"})
    answer = work.datasets.register_dataset(dataset)
    assert answer.name == "fruit-train" and answer.annotation_file_uris == [work.train_url]
    assert answer.annotation_kind == AnnotationKind.OBJECT_DETECTION
    assert answer.authentication.kind == AuthenticationKind.MI
    assert answer.created_date_time.endswith("Z") and answer.updated_date_time.endswith("Z")
    later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
    token = generate_container_sas(
        work.server.account,
        work.container.container_name,
        account_key=work.server.account_key,
        permission=ContainerSasPermissions(read=True),
        expiry=later,
    )
    signed = Dataset(
        "fruit-test", "imageObjectDetection", [work.test_url], Authentication(AuthenticationKind.SAS, token)
    )
    answer = work.datasets.register_dataset(signed)
    assert answer.authentication.kind == AuthenticationKind.SAS and answer.authentication.sas_token is None


@row("query and update a dataset")
def _(work):
    dataset = work.datasets.query_dataset("fruit-train")
    dataset.annotation_file_uris = [work.train_url, work.test_url]
    changed = work.datasets.update_dataset(dataset)
    assert changed.annotation_file_uris == [work.train_url, work.test_url]
    assert work.datasets.query_dataset("fruit-train").annotation_file_uris == changed.annotation_file_uris


@row("a name that is taken")
def _(work):
    dataset = Dataset("fruit-train", AnnotationKind.OBJECT_DETECTION, [work.train_url])
    error = raises(requests.HTTPError, lambda: work.datasets.register_dataset(dataset))
    assert error.response.status_code == 409
    assert error.response.headers["x-ms-error-code"] == "DatasetAlreadyExists"


@row("train and wait")
def _(work):
    parameters = TrainingParameters("fruit-train", 1, ModelKind.GENERIC_OD)
    model = work.training.train_model(Model("fruit", parameters, EvaluationParameters("fruit-test")))
    assert model.status == ModelStatus.NOT_STARTED and model.training_cost_in_minutes is None
    assert model.training_params.time_budget_in_hours == 1 and model.evaluation_params.test_dataset_name == "fruit-test"
    model = work.training.wait_for_training_completion("fruit", check_wait_in_secs=0.05)
    assert model.status == ModelStatus.SUCCEEDED, model.error
    assert model.training_cost_in_minutes == 2 and model.error is None
    close(model.model_performance["meanAveragePrecision50"], 1)
    close(model.model_performance["tagPerformance"]["apple"]["averagePrecision50"], 1)


@row("predict")
def _(work):
    answer = work.prediction.predict("fruit", pictures.fruit())
    assert answer["metadata"] == {"width": 160, "height": 120}
    values = answer["customModelResult"]["objectsResult"]["values"]
    found = {value["tags"][0]["name"]: value for value in values}
    assert set(found) == {"apple", "banana"}
    for tag, (left, top, right, bottom) in pictures.FRUIT_BOXES.items():
        assert found[tag]["boundingBox"] == {"x": left, "y": top, "w": right - left, "h": bottom - top}
        close(found[tag]["tags"][0]["confidence"], 1)


@row("evaluate, by both clients")
def _(work):
    run = work.evaluations.evaluate(Evaluation("again", "fruit", "fruit-test"))
    assert run.status == EvaluationStatus.NOT_STARTED and run.eval_params.test_dataset_name == "fruit-test"
    run = work.evaluations.wait_for_completion("again", "fruit", check_wait_in_secs=0.05)
    assert run.status == EvaluationStatus.SUCCEEDED
    close(run.model_performance["meanAveragePrecision75"], 1)
    work.training.evaluate_model(Evaluation("third", "fruit", "fruit-train"))
    run = work.training.wait_for_evaluation_completion("fruit", "third", check_wait_in_secs=0.05)
    assert run.status == EvaluationStatus.SUCCEEDED
    work.training.delete_model_evaluation("fruit", "third")
    error = raises(requests.HTTPError, lambda: work.training.query_model_evaluation("fruit", "third"))
    assert error.response.status_code == 404


@row("cancel a training")
def _(work):
    work.training.train_model(Model("endless", TrainingParameters("fruit-train", 1344, ModelKind.GENERIC_OD)))
    error = raises(requests.HTTPError, lambda: work.training.delete_model("endless"))
    assert error.response.status_code == 400, error.response.text
    work.training.cancel_model_training("endless")
    model = work.training.wait_for_training_completion("endless", check_wait_in_secs=0.05)
    assert model.status == ModelStatus.CANCELLED
    work.training.delete_model("endless")


@row("delete")
def _(work):
    work.training.delete_model("fruit")
    for name in ["fruit-train", "fruit-test"]:
        work.datasets.delete_dataset(name)
    error = raises(requests.HTTPError, lambda: work.datasets.query_dataset("fruit-train"))
    assert error.response.status_code == 404
    error = raises(requests.HTTPError, lambda: work.training.query_model("fruit"))
    assert error.response.status_code == 404


run_rows(Undertaking(Server(sys.argv[1:])))
