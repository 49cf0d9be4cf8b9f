"""Photos: analyzed in the shape of each version, and refused."""

import concurrent.futures
import datetime

import requests
from azure.storage.blob import BlobSasPermissions, BlobServiceClient, generate_blob_sas

import pictures
from rows import row
from vision_caller import PREVIEWS, VERSIONS, is_answer, is_refused
from vision_server import upload_photo


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
    # Fields beside the photo, and only the photo's bytes count.
    limit = 20 * 1024 * 1024
    for length, status in [(limit, 200), (limit + 1, 400)]:
        padded = photo + b"\0" * (length - len(photo))
        files = [("note", (None, "a field")), ("image", ("a.png", padded, "image/png"))]
        form = requests.Request("POST", "http://x", files=files).prepare()
        headers = {"Content-Type": form.headers["Content-Type"]}
        is_answer(caller.call("POST", path, form.body, headers=headers, features="tags"), status)
    form = requests.Request("POST", "http://x", files=[("a", (None, "1")), ("b", (None, "2"))]).prepare()
    headers = {"Content-Type": form.headers["Content-Type"]}
    is_refused(caller.call("POST", path, form.body, headers=headers, features="tags"), 400, "InvalidRequest", "BadArgument")

    # A blob of the own group, with its account in the path and in front of the host as in production.
    url = upload_photo(caller.container, "either.png", photo)
    is_answer(caller.call("POST", path, {"url": url}, features="tags"), 200)
    port, name = caller.server.blob_url.rsplit(":", 1)[1], caller.container.container_name
    for account in [caller.server.account, f"{caller.server.account}-secondary"]:
        url = f"http://{account}.blob.localhost:{port}/{name}/either.png"
        is_answer(caller.call("POST", path, {"url": url}, features="tags"), 200)

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
