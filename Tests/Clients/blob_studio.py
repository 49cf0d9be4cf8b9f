"""The server's blobs as azure-storage-blob sees them."""

import datetime
import uuid

from azure.storage.blob import BlobServiceClient


class Studio:
    def __init__(self, url, account, key):
        self.url, self.account, self.key = f"{url}/{account}", account, key
        self.service = self.client()

    def client(self, credential=None, **options):
        return BlobServiceClient(self.url, credential=credential or self.key, retry_total=0, **options)

    def container(self, name=None):
        container = self.service.get_container_client(name or f"c-{uuid.uuid4().hex[:12]}")
        container.create_container()
        return container


def later(hours=1):
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
