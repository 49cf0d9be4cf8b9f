"""Microsoft's sample client for model customization, in its multi-service mode: everything but the end of an undertaking."""

import datetime

import cv2
import numpy
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
    ImageCompositionClient,
    ImageRectificationControlPoints,
    ImageRectificationRequest,
    ImageStitchingRequest,
    Model,
    ModelKind,
    ModelStatus,
    NormalizedCoordinate,
    PlanogramComplianceClient,
    PlanogramMatchingRequest,
    PredictionClient,
    ProductRecognition,
    ProductRecognitionClient,
    ProductRecognitionStatus,
    ResourceType,
    TrainingClient,
    TrainingParameters,
)

import pictures
from rows import raises, row
from vision_photos import Sample
from vision_server import close, upload_dataset, upload_photo

MODE = ResourceType.MULTI_SERVICE_RESOURCE


class Undertaking:
    def __init__(self, server, sample):
        self.server, self.sample = server, sample
        self.photo = sample.photo(Sample.UNSEEN)
        self.datasets = DatasetClient(MODE, None, server.url, server.key)
        self.training = TrainingClient(MODE, None, server.url, server.key)
        self.prediction = PredictionClient(MODE, None, server.url, server.key)
        self.evaluations = EvaluationClient(MODE, None, server.url, server.key)
        self.recognition = ProductRecognitionClient(MODE, None, server.url, server.key)
        self.compliance = PlanogramComplianceClient(MODE, None, server.url, server.key)
        self.composition = ImageCompositionClient(MODE, None, server.url, server.key)
        self.container = server.container()
        self.train_url = upload_dataset(self.container, "train", sample.photos(Sample.TRAINING))
        self.test_url = upload_dataset(self.container, "test", sample.photos(Sample.EVALUATION))


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
    for addresses in [[work.train_url, work.test_url], [work.train_url]]:
        dataset.annotation_file_uris = addresses
        assert work.datasets.update_dataset(dataset).annotation_file_uris == addresses
        assert work.datasets.query_dataset("fruit-train").annotation_file_uris == addresses


@row("update a dataset with a signature, which is never told and so not sent back")
def _(work):
    dataset = work.datasets.query_dataset("fruit-test")
    assert dataset.authentication.kind == AuthenticationKind.SAS and dataset.authentication.sas_token is None
    dataset.custom_properties = {"season": "autumn"}
    changed = work.datasets.update_dataset(dataset)
    assert changed.authentication.kind == AuthenticationKind.SAS and changed.authentication.sas_token is None


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
    model = work.training.wait_for_training_completion("fruit", check_wait_in_secs=0.5)
    assert model.status == ModelStatus.SUCCEEDED, model.error
    # The hour is a ceiling.
    assert 1 <= model.training_cost_in_minutes < 20 and model.error is None, model.training_cost_in_minutes
    work.performance = model.model_performance
    assert work.performance["meanAveragePrecision50"] >= 0.6, work.performance
    assert set(work.performance["tagPerformance"]) == {"apple", "banana", "orange"}
    assert work.performance["tagPerformance"]["orange"]["averagePrecision50"] >= 0.6, work.performance


@row("predict")
def _(work):
    answer = work.prediction.predict("fruit", work.photo.data)
    assert answer["metadata"] == {"width": 640, "height": 480}
    values = answer["customModelResult"]["objectsResult"]["values"]
    work.photo.check([
        (value["tags"][0]["name"], value["tags"][0]["confidence"], [value["boundingBox"][side] for side in "xywh"])
        for value in values
    ])
    assert all(type(side) is int for value in values for side in value["boundingBox"].values()), values


@row("evaluate, by both clients")
def _(work):
    run = work.evaluations.evaluate(Evaluation("again", "fruit", "fruit-test"))
    assert run.status == EvaluationStatus.NOT_STARTED and run.eval_params.test_dataset_name == "fruit-test"
    run = work.evaluations.wait_for_completion("again", "fruit", check_wait_in_secs=0.2)
    assert run.status == EvaluationStatus.SUCCEEDED
    for name in ["meanAveragePrecision30", "meanAveragePrecision50", "meanAveragePrecision75"]:
        close(run.model_performance[name], work.performance[name], 0.02)
    work.training.evaluate_model(Evaluation("third", "fruit", "fruit-train"))
    run = work.training.wait_for_evaluation_completion("fruit", "third", check_wait_in_secs=0.2)
    assert run.status == EvaluationStatus.SUCCEEDED
    # Nothing that was learnt by heart is missed.
    assert run.model_performance["meanAveragePrecision50"] >= 0.9, run.model_performance
    work.training.delete_model_evaluation("fruit", "third")
    error = raises(requests.HTTPError, lambda: work.training.query_model_evaluation("fruit", "third"))
    assert error.response.status_code == 404


@row("cancel a training")
def _(work):
    work.training.train_model(Model("endless", TrainingParameters("fruit-train", 1344, ModelKind.GENERIC_OD)))
    error = raises(requests.HTTPError, lambda: work.training.delete_model("endless"))
    assert error.response.status_code == 400, error.response.text
    work.training.cancel_model_training("endless")
    model = work.training.wait_for_training_completion("endless", check_wait_in_secs=0.2)
    assert model.status == ModelStatus.CANCELLED
    work.training.delete_model("endless")


@row("recognize products, and compare them with a planogram")
def _(work):
    photo = work.photo
    run = work.recognition.create_run(ProductRecognition("shelf", "fruit"), photo.data)
    assert run.name == "shelf" and run.model_name == "fruit"
    run = work.recognition.wait_for_completion("shelf", "fruit", check_wait_in_secs=0.2)
    assert run.status == ProductRecognitionStatus.SUCCEEDED
    assert run.result["imageMetadata"] == {"width": 640, "height": 480} and run.result["gaps"] == []
    assert {product["tags"][0]["name"] for product in run.result["products"]} >= {"apple", "orange"}
    error = raises(
        requests.HTTPError,
        lambda: work.recognition.create_run(ProductRecognition("shelf", "fruit"), photo.data),
    )
    assert error.response.status_code == 409
    # In tenths of a pixel, a little aside, and with a place that the photo does not show.
    (left, top, width, height), (right, rise, breadth, depth) = photo.box_of("apple"), photo.box_of("orange")
    planogram = {
        "Width": 16_000,
        "Height": 8_000,
        "Products": [
            {"Id": "p1", "Name": "apple", "W": width * 10, "H": height * 10},
            {"Id": "p2", "Name": "orange", "W": breadth * 10, "H": depth * 10},
        ],
        "Fixtures": [{"Id": "f1", "W": 16_000, "H": 30, "X": 0, "Y": 5_000}],
        "Positions": [
            {"Id": "left", "ProductId": "p1", "FixtureId": "f1", "X": left * 10 + 10, "Y": top * 10 + 10},
            {"Id": "right", "ProductId": "p2", "FixtureId": "f1", "X": right * 10 + 10, "Y": rise * 10 + 10},
            {"Id": "far", "ProductId": "p1", "FixtureId": "f1", "X": 13_600, "Y": top * 10 + 10},
        ],
    }
    answer = work.compliance.match_planogram(PlanogramMatchingRequest(run.result, planogram))
    found = {match["positionId"]: match["detectedObject"]["tags"][0]["name"] for match in answer.matching_result}
    assert found == {"left": "apple", "right": "orange"}, found
    work.recognition.delete_run("shelf", "fruit")
    error = raises(requests.HTTPError, lambda: work.recognition.query_run("shelf", "fruit"))
    assert error.response.status_code == 404


@row("rectify a photo")
def _(work):
    url = upload_photo(work.container, "shelf.png", pictures.fruit())
    left, top, right, bottom = pictures.FRUIT_BOXES["banana"]

    def corner(x, y):
        return NormalizedCoordinate(x / 160, y / 120)

    corners = ImageRectificationControlPoints(
        corner(left, top), corner(right, top), corner(left, bottom), corner(right, bottom)
    )
    data = work.composition.rectify_image(ImageRectificationRequest(url, corners))
    image = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_COLOR)
    assert image.shape == (30, 60, 3)
    assert numpy.abs(image.reshape(-1, 3).mean(axis=0) - pictures.YELLOW[::-1]).max() < 4
    flat = ImageRectificationControlPoints(corner(0, 0), corner(9, 0), corner(5, 0), corner(2, 0))
    error = raises(
        requests.HTTPError, lambda: work.composition.rectify_image(ImageRectificationRequest(url, flat))
    )
    assert error.response.status_code == 400


@row("stitch photos")
def _(work):
    chance = numpy.random.default_rng(0)
    wall = numpy.full((240, 640, 3), 128, numpy.uint8)
    for _ in range(500):
        left, top, width, height = (int(chance.integers(0, most)) for most in (600, 200, 40, 40))
        wall[top : top + height + 4, left : left + width + 4] = chance.integers(0, 256, 3)
    urls = []
    for index, left in enumerate([0, 160, 340]):
        data = cv2.imencode(".png", wall[:, left : left + 300])[1].tobytes()
        urls.append(upload_photo(work.container, f"wall-{index}.png", data))
    data = work.composition.stitch_images(ImageStitchingRequest(urls))
    picture = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_COLOR)
    assert abs(picture.shape[0] - 240) <= 3 and abs(picture.shape[1] - 640) <= 3, picture.shape
    same = numpy.abs(picture[20:220, 20:620].astype(int) - wall[20:220, 20:620]).mean()
    assert same < 20, same
    urls[1] = upload_photo(work.container, "other.png", pictures.fruit())
    error = raises(requests.HTTPError, lambda: work.composition.stitch_images(ImageStitchingRequest(urls)))
    assert error.response.status_code == 400 and "images[" in error.response.text, error.response.text
