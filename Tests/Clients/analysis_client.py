"""Drives azure-ai-vision-imageanalysis, which knows the versions without custom models.

Usage: analysis_client.py URL KEY BLOB_URL ACCOUNT ACCOUNT_KEY [SAMPLE]
where SAMPLE is what `pomona sample` wrote: then the built-in model is a real one that knows those fruits and nothing else.
"""

import sys

from azure.ai.vision.imageanalysis import ImageAnalysisClient
from azure.ai.vision.imageanalysis.models import VisualFeatures
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError

import pictures
from rows import raises, row, run_rows
from vision_photos import Sample, drawn
from vision_server import Server, upload_photo


class Analysis:
    def __init__(self, server):
        self.server = server
        self.client = self.with_key(server.key)
        self.knows_people = not server.rest
        self.photo = Sample(server.rest[0]).photo(Sample.UNSEEN) if server.rest else drawn()

    def with_key(self, key, **options):
        return ImageAnalysisClient(self.server.url, AzureKeyCredential(key), retry_total=0, **options)

    def check(self, result):
        """Of objects and tags: all that the photo shows, once each."""
        assert (result.metadata.width, result.metadata.height) == self.photo.size
        objects = []
        for value in result.objects.list:
            box = value.bounding_box
            objects.append((value.tags[0].name, value.tags[0].confidence, (box.x, box.y, box.width, box.height)))
        self.photo.check(objects)
        best = {}
        for tag, confidence, _ in objects:
            best[tag] = max(confidence, best.get(tag, 0))
        # A tag is as sure as its surest object.
        assert {tag.name: tag.confidence for tag in result.tags.list} == best, (result.tags.list, objects)


FEATURES = [VisualFeatures.OBJECTS, VisualFeatures.TAGS]


@row("objects and tags of bytes")
def _(analysis):
    data = analysis.photo.data
    analysis.check(analysis.client.analyze(image_data=data, visual_features=FEATURES))
    analysis.check(analysis.client.analyze(data, FEATURES, language="en", model_version="latest"))


@row("objects and tags of a URL")
def _(analysis):
    url = upload_photo(analysis.server.container(), "today/fruit & more.png", analysis.photo.data)
    analysis.check(analysis.client.analyze_from_url(image_url=url, visual_features=FEATURES))


@row("people and crops")
def _(analysis):
    photo = pictures.png(300, 100, [(pictures.BLUE, 200, 10, 280, 90)])
    features = [VisualFeatures.PEOPLE, VisualFeatures.SMART_CROPS]
    if not analysis.knows_people:
        error = raises(HttpResponseError, lambda: analysis.client.analyze(photo, features), status=400)
        assert error.error.innererror["code"] == "NotSupportedVisualFeature", error
        return
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
    analysis.check(client.analyze(analysis.photo.data, FEATURES))


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
