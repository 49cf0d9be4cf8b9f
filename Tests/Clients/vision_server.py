"""What the scripts for the Vision API share: the server they are given, and photos with labels on it."""

import json
import urllib.parse
import uuid

from azure.storage.blob import BlobServiceClient, ContentSettings

import pictures


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
    container.upload_blob(name, data, content_settings=ContentSettings(content_type="image/png"))
    return f"{container.url}/{urllib.parse.quote(name)}"


def upload_labels(container, name, count=3, boxes=pictures.FRUIT_BOXES):
    """Uploads photos of fruit and a COCO file of relative boxes for them; its URL."""
    width, height = pictures.FRUIT_SIZE
    tags = sorted(boxes)
    coco = {"images": [], "annotations": [], "categories": []}
    coco["categories"] = [{"id": index + 1, "name": tag} for index, tag in enumerate(tags)]
    for number in range(1, count + 1):
        file = f"{name}-{number}.png"
        url = upload_photo(container, file, pictures.fruit())
        coco["images"].append(
            {"id": number, "width": width, "height": height, "file_name": file, "absolute_url": url}
        )
        for index, tag in enumerate(tags):
            left, top, right, bottom = boxes[tag]
            box = [left / width, top / height, (right - left) / width, (bottom - top) / height]
            coco["annotations"].append(
                {"id": len(coco["annotations"]) + 1, "image_id": number, "category_id": index + 1, "bbox": box}
            )
    container.upload_blob(f"{name}.json", json.dumps(coco))
    return f"{container.url}/{name}.json"


def close(found, expected, tolerance=1e-6):
    assert abs(found - expected) <= tolerance, f"expected {expected}, found {found}"
