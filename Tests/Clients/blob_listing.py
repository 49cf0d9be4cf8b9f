"""Blobs: listed, and copied within the server and from URLs."""

import base64
import hashlib
import os

import requests
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.storage.blob import BlobBlock, BlobClient, ContentSettings, generate_blob_sas, generate_container_sas

from blob_studio import later
from rows import raises, row


@row("list blobs with prefix, delimiter and pages")
def _(studio):
    container = studio.container()
    names = ["a/1", "a/2", "a/x/3", "b/4", "c <&>\"'.jpg", "d%20e", "f+g"]
    for name in names:
        container.upload_blob(name, b"x", metadata={"name": "n"})
    assert [item.name for item in container.list_blobs()] == sorted(names)
    assert list(container.list_blob_names(name_starts_with="a/")) == ["a/1", "a/2", "a/x/3"]
    walked = [item.name for item in container.walk_blobs(delimiter="/")]
    assert walked == ["a/", "b/", "c <&>\"'.jpg", "d%20e", "f+g"], walked
    # The client puts the prefixes of a page first, whatever their place among its blobs.
    assert [item.name for item in container.walk_blobs("a/")] == ["a/x/", "a/1", "a/2"]
    pages = [[item.name for item in page] for page in container.list_blobs(results_per_page=3).by_page()]
    assert [len(page) for page in pages] == [3, 3, 1] and sum(pages, []) == sorted(names)
    item = next(iter(container.list_blobs(include=["metadata", "copy", "snapshots"])))
    assert item.metadata == {"name": "n"} and item.size == 1 and item.blob_type == "BlockBlob"
    assert item.content_settings.content_type == "application/octet-stream" and item.last_modified and item.etag
    assert item.etag == container.get_blob_client(item.name).get_blob_properties().etag.strip('"')
    raises(HttpResponseError, lambda: list(container.list_blobs(results_per_page=0).by_page().__next__()), status=400)
    for name in names:
        assert container.download_blob(name).readall() == b"x", name


@row("copy within the server, with its state")
def _(studio):
    container = studio.container()
    source = container.upload_blob(
        "from here", b"bytes", metadata={"m": "1"}, content_settings=ContentSettings(content_type="image/gif")
    )
    target = container.get_blob_client("to there")
    answer = target.start_copy_from_url(source.url)
    assert answer["copy_status"] == "success" and answer["copy_id"]
    properties = target.get_blob_properties()
    assert properties.copy.status == "success" and properties.copy.id == answer["copy_id"]
    assert properties.copy.source == source.url and properties.copy.progress == "5/5"
    assert properties.metadata == {"m": "1"} and properties.content_settings.content_type == "image/gif"
    assert target.download_blob().readall() == b"bytes"
    assert container.get_blob_client("three").start_copy_from_url(source.url, metadata={"n": "2"}, requires_sync=True)
    assert container.get_blob_client("three").get_blob_properties().metadata == {"n": "2"}
    missing = container.get_blob_client("missing")
    raises(ResourceNotFoundError, lambda: target.start_copy_from_url(missing.url), "BlobNotFound", 404)
    raises(HttpResponseError, lambda: target.abort_copy(answer["copy_id"]), "NoPendingCopyOperation", 409)
    listed = {item.name: item for item in container.list_blobs(include=["copy"])}
    assert listed["to there"].copy.status == "success" and listed["from here"].copy.status is None
    target.set_blob_metadata({"later": "3"})
    changed = target.get_blob_properties()
    assert changed.metadata == {"later": "3"} and changed.copy.id == answer["copy_id"], changed.copy
    target.upload_blob(b"new", overwrite=True)
    assert target.get_blob_properties().copy.status is None


@row("copies whose source must be as the client knows it")
def _(studio):
    container = studio.container()
    source = container.upload_blob("source", b"bytes")
    token = generate_container_sas(
        studio.account, container.container_name, account_key=studio.key, permission="rwc", expiry=later())
    digests = [base64.b64encode(hashlib.md5(data).digest()).decode() for data in (b"bytes", b"others")]

    def copied(name, query="", **headers):
        headers = {"x-ms-copy-source": f"{source.url}?{token}", "Content-Length": "0",
                   **{header.replace("_", "-"): value for header, value in headers.items()}}
        found = requests.put(f"{container.url}/{name}?{query}{token}", headers=headers, timeout=120)
        return found.status_code, found.headers.get("x-ms-error-code")

    for kind in [{}, {"x_ms_blob_type": "BlockBlob"}]:
        assert copied("same", x_ms_source_content_md5=digests[0], **kind)[0] in (201, 202)
        refused = copied("other", x_ms_source_content_md5=digests[1], **kind)
        assert refused == (400, "Md5Mismatch"), refused
        refused = copied("other", x_ms_source_if_match='"0x1"', **kind)
        assert refused == (412, "SourceConditionNotMet"), refused
    refused = copied("other", "comp=block&blockid=AA==&", x_ms_source_content_md5=digests[1])
    assert refused == (400, "Md5Mismatch"), refused
    assert sorted(item.name for item in container.list_blobs()) == ["same", "source"]


@row("put blob and put block from a URL")
def _(studio):
    container = studio.container()
    data = os.urandom(100_000)
    source = container.upload_blob("source", data)
    whole = container.get_blob_client("whole")
    whole.upload_blob_from_url(source.url, metadata={"w": "1"})
    assert whole.download_blob().readall() == data and whole.get_blob_properties().metadata == {"w": "1"}
    blob = container.get_blob_client("parts")
    ids = [base64.b64encode(name).decode() for name in (b"1", b"2")]
    blob.stage_block_from_url(ids[0], source.url, source_offset=50_000, source_length=50_000)
    blob.stage_block_from_url(ids[1], source.url, source_offset=0, source_length=50_000)
    blob.commit_block_list([BlobBlock(name) for name in ids])
    assert blob.download_blob().readall() == data[50_000:] + data[:50_000]


@row("copy of a blob that the client may not read")
def _(studio):
    container = studio.container()
    source = container.upload_blob("secret", b"secret")
    signature = generate_container_sas(
        studio.account, container.container_name, account_key=studio.key, permission="w", expiry=later()
    )
    target = BlobClient(studio.url, container.container_name, "stolen", credential=signature, retry_total=0)
    raises(ResourceNotFoundError, lambda: target.start_copy_from_url(source.url), "CannotVerifyCopySource", 404)
    readable = generate_blob_sas(
        studio.account, container.container_name, "secret", account_key=studio.key, permission="r", expiry=later()
    )
    target.start_copy_from_url(f"{source.url}?{readable}")
    copied = container.get_blob_client("stolen").get_blob_properties()
    assert "sig=" not in copied.copy.source
