"""Drives azure-ai-vision-imageanalysis, which knows the versions without custom models.

Usage: analysis_client.py URL KEY BLOB_URL ACCOUNT ACCOUNT_KEY
"""

import sys

from azure.ai.vision.imageanalysis import ImageAnalysisClient
from azure.ai.vision.imageanalysis.models import VisualFeatures
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError

import pictures
from rows import raises, row, run_rows
from vision_server import Server, close, upload_photo


class Analysis:
    def __init__(self, server):
        self.server = server
        self.client = self.with_key(server.key)

    def with_key(self, key, **options):
        return ImageAnalysisClient(self.server.url, AzureKeyCredential(key), retry_total=0, **options)


def check_fruit(result):
    assert (result.metadata.width, result.metadata.height) == pictures.FRUIT_SIZE
    found = {value.tags[0].name: value for value in result.objects.list}
    assert set(found) == {"apple", "banana"}
    for tag, (left, top, right, bottom) in pictures.FRUIT_BOXES.items():
        box = found[tag].bounding_box
        assert (box.x, box.y, box.width, box.height) == (left, top, right - left, bottom - top)
    assert {tag.name for tag in result.tags.list} == {"apple", "banana"}
    close(result.tags.list[0].confidence, 1)


@row("objects and tags of bytes")
def _(analysis):
    features = [VisualFeatures.OBJECTS, VisualFeatures.TAGS]
    check_fruit(analysis.client.analyze(image_data=pictures.fruit(), visual_features=features))
    check_fruit(analysis.client.analyze(pictures.fruit(), features, language="en", model_version="latest"))


@row("objects and tags of a URL")
def _(analysis):
    url = upload_photo(analysis.server.container(), "today/fruit & more.png", pictures.fruit())
    features = [VisualFeatures.OBJECTS, VisualFeatures.TAGS]
    check_fruit(analysis.client.analyze_from_url(image_url=url, visual_features=features))


@row("people and crops")
def _(analysis):
    photo = pictures.png(300, 100, [(pictures.BLUE, 200, 10, 280, 90)])
    features = [VisualFeatures.PEOPLE, VisualFeatures.SMART_CROPS]
    result = analysis.client.analyze(photo, features, smart_crops_aspect_ratios=[1.0, 0.75])
    (person,) = result.people.list
    assert (person.bounding_box.x, person.bounding_box.width) == (200, 80)
    square, tall = result.smart_crops.list
    assert square.aspect_ratio == 1.0 and (square.bounding_box.width, square.bounding_box.height) == (100, 100)
    assert square.bounding_box.x <= 200 and square.bounding_box.x + square.bounding_box.width >= 280
    assert (tall.bounding_box.width, tall.bounding_box.height) == (75, 100)
    assert 200 <= tall.bounding_box.x <= 205


@row("the version of 2024")
def _(analysis):
    client = analysis.with_key(analysis.server.key, api_version="2024-02-01")
    check_fruit(client.analyze(pictures.fruit(), [VisualFeatures.OBJECTS, VisualFeatures.TAGS]))


@row("refusals")
def _(analysis):
    fruit = pictures.fruit()
    wrong = analysis.with_key("0" * 32)
    raises(ClientAuthenticationError, lambda: wrong.analyze(fruit, [VisualFeatures.TAGS]), status=401)
    error = raises(HttpResponseError, lambda: analysis.client.analyze(fruit, [VisualFeatures.CAPTION]), status=400)
    assert error.error.code == "InvalidRequest" and error.error.innererror["code"] == "NotSupportedVisualFeature"
    error = raises(HttpResponseError, lambda: analysis.client.analyze(b"%PDF-1.7", [VisualFeatures.TAGS]), status=400)
    assert error.error.innererror["code"] == "InvalidImageFormat"


run_rows(Analysis(Server(sys.argv[1:])))
