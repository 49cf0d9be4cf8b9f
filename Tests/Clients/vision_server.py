"""What the scripts for the Vision API share: the server they are given, and photos with labels on it."""

import json
import urllib.parse
import uuid

from azure.storage.blob import BlobServiceClient, ContentSettings

import pictures
from vision_photos import Photo


def vision_arguments(card):
    """What the scripts are called with, of what the program says of itself when it is ready."""
    blobs = card["blobEndpoint"].rsplit("/", 1)[0]
    return [card["visionEndpoint"], card["visionKey"], blobs, card["accountName"], card["accountKey"]]


class Server:
    """The arguments of the command line: URL, key, URL of the blobs, account, its key."""

    def __init__(self, arguments):
        self.url, self.key, self.blob_url, self.account, self.account_key, *self.rest = arguments
        self.blobs = BlobServiceClient(f"{self.blob_url}/{self.account}", credential=self.account_key, retry_total=0)

    def container(self):
        container = self.blobs.get_container_client(f"c-{uuid.uuid4().hex[:12]}")
        container.create_container()
        return container


def upload_photo(container, name, data):
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    container.upload_blob(name, data, content_settings=ContentSettings(content_type=kind))
    return f"{container.url}/{urllib.parse.quote(name)}"


def upload_labels(container, name, count=3, boxes=pictures.FRUIT_BOXES):
    """Uploads photos of fruit and a COCO file of relative boxes for them; its URL."""
    objects = [
        (tag, (left, top, right - left, bottom - top)) for tag, (left, top, right, bottom) in sorted(boxes.items())
    ]
    photos = [
        Photo(f"{name}-{number}.png", pictures.fruit(), pictures.FRUIT_SIZE, objects) for number in range(1, count + 1)
    ]
    return upload_dataset(container, name, photos)


def upload_dataset(container, name, photos, for_classification=False):
    """Uploads photos and a COCO file that names them by their URLs; its URL. Boxes are relative, as Azure has them."""
    tags = sorted({tag for photo in photos for tag, _ in photo.objects})
    coco = {"images": [], "annotations": [], "categories": []}
    coco["categories"] = [{"id": index + 1, "name": tag} for index, tag in enumerate(tags)]
    for number, photo in enumerate(photos, 1):
        url = upload_photo(container, photo.name, photo.data)
        width, height = photo.size
        coco["images"].append(
            {"id": number, "width": width, "height": height, "file_name": photo.name, "absolute_url": url}
        )
        for tag, (x, y, w, h) in photo.objects:
            annotation = {"id": len(coco["annotations"]) + 1, "image_id": number, "category_id": tags.index(tag) + 1}
            if not for_classification:
                annotation["bbox"] = [x / width, y / height, w / width, h / height]
            coco["annotations"].append(annotation)
    container.upload_blob(f"{name}.json", json.dumps(coco))
    return f"{container.url}/{name}.json"


def close(found, expected, tolerance=1e-6):
    assert abs(found - expected) <= tolerance, f"expected {expected}, found {found}"
