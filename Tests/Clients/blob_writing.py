"""Blobs: written in one piece and in blocks, read whole and in ranges, changed, deleted."""

import base64
import hashlib
import os
import uuid

import requests
from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.storage.blob import (
    BlobBlock,
    ContainerClient,
    ContentSettings,
    StandardBlobTier,
    generate_blob_sas,
    generate_container_sas,
)

from blob_studio import later
from rows import raises, row


@row("put blob in one piece, with type, metadata and MD5")
def _(studio):
    container = studio.container()
    data = os.urandom(300_000)
    answer = container.upload_blob(
        "bowl 1/Äpfel & Öl.jpg",
        data,
        metadata={"Camera": "old one", "b_c": "2", "bc": "3"},
        content_settings=ContentSettings(content_type="image/jpeg", cache_control="no-cache"),
        validate_content=True,
    )
    properties = answer.get_blob_properties()
    assert properties.name == "bowl 1/Äpfel & Öl.jpg" and properties.size == len(data)
    assert properties.metadata == {"Camera": "old one", "b_c": "2", "bc": "3"}, properties.metadata
    settings = properties.content_settings
    assert settings.content_type == "image/jpeg" and settings.cache_control == "no-cache"
    assert bytes(settings.content_md5) == hashlib.md5(data).digest()
    assert properties.blob_type == "BlockBlob" and properties.etag and properties.last_modified
    assert properties.creation_time
    assert answer.download_blob().readall() == data


@row("put blob where there is one")
def _(studio):
    blob = studio.container().get_blob_client("once")
    blob.upload_blob(b"first")
    raises(ResourceExistsError, lambda: blob.upload_blob(b"second"), "BlobAlreadyExists", 409)
    assert blob.download_blob().readall() == b"first"
    blob.upload_blob(b"third", overwrite=True)
    assert blob.download_blob().readall() == b"third"


@row("put block, put block list, get block list")
def _(studio):
    container = studio.container()
    blob = container.get_blob_client("blocks")
    ids = [base64.b64encode(f"{number:05}".encode()).decode() for number in range(4)]
    for number, block_id in enumerate(ids):
        blob.stage_block(block_id, bytes([number]) * 1000, validate_content=True)
    committed, uncommitted = blob.get_block_list("all")
    assert not committed and sorted(block.id for block in uncommitted) == sorted(ids)
    blob.commit_block_list(
        [BlobBlock(ids[2]), BlobBlock(ids[0])],
        metadata={"made": "of blocks"},
        content_settings=ContentSettings(content_type="text/plain"),
    )
    assert blob.download_blob().readall() == b"\2" * 1000 + b"\0" * 1000
    committed, uncommitted = blob.get_block_list("all")
    assert [(block.id, block.size) for block in committed] == [(ids[2], 1000), (ids[0], 1000)]
    assert not uncommitted
    assert blob.get_blob_properties().metadata == {"made": "of blocks"}
    raises(HttpResponseError, lambda: blob.commit_block_list([BlobBlock(ids[1])]), "InvalidBlockList", 400)
    blob.stage_block(ids[0], b"x")
    other_length = base64.b64encode(b"longer id").decode()
    raises(HttpResponseError, lambda: blob.stage_block(other_length, b"x"), "InvalidBlobOrBlock", 400)


@row("a body that is not what its MD5 says")
def _(studio):
    container = studio.container()
    token = generate_container_sas(
        studio.account, container.container_name, account_key=studio.key, permission="rwc", expiry=later())
    wrong = base64.b64encode(hashlib.md5(b"others").digest()).decode()
    for query in ["", "comp=block&blockid=AA==&"]:
        headers = {"x-ms-blob-type": "BlockBlob", "Content-MD5": wrong}
        answer = requests.put(f"{container.url}/b?{query}{token}", data=b"bytes", headers=headers, timeout=120)
        assert (answer.status_code, answer.headers["x-ms-error-code"]) == (400, "Md5Mismatch"), answer.text
    answer = requests.put(
        f"{container.url}/b?{token}", data=b"bytes", headers={**headers, "Content-MD5": "short"}, timeout=120)
    assert (answer.status_code, answer.headers["x-ms-error-code"]) == (400, "InvalidMd5"), answer.text
    assert not list(container.list_blobs())


@row("a list of more blocks than a blob can have")
def _(studio):
    container = studio.container()
    blob = container.get_blob_client("many")
    identifier = base64.b64encode(b"00001").decode()
    blob.stage_block(identifier, b"x")
    blocks = [BlobBlock(identifier)] * 50_001
    raises(HttpResponseError, lambda: blob.commit_block_list(blocks), "BlockListTooLong", 400)
    assert not blob.exists()


@row("large blob in blocks, and back in parts")
def _(studio):
    container = studio.container()
    client = studio.client(max_single_put_size=1 << 20, max_block_size=1 << 20, max_single_get_size=1 << 20,
                           max_chunk_get_size=1 << 20)
    blob = client.get_blob_client(container.container_name, "large")
    data = os.urandom((9 << 20) + 123)
    blob.upload_blob(data, max_concurrency=4)
    assert blob.download_blob(max_concurrency=4).readall() == data
    assert len(blob.get_block_list("committed")[0]) == 10


@row("get blob by ranges, and past its end")
def _(studio):
    container = studio.container()
    data = bytes(range(256)) * 40
    blob = container.upload_blob("ranges", data)
    assert blob.download_blob(offset=10, length=20).readall() == data[10:30]
    assert blob.download_blob(offset=10_000).readall() == data[10_000:]
    assert blob.download_blob(offset=100, length=4000, validate_content=True).readall() == data[100:4100]
    raises(HttpResponseError, lambda: blob.download_blob(offset=len(data)).readall(), "InvalidRange", 416)
    empty = container.upload_blob("empty", b"")
    assert empty.download_blob().readall() == b""


@row("a blob that changes between two parts of a download")
def _(studio):
    container = studio.container()
    client = studio.client(max_single_get_size=1000, max_chunk_get_size=1000)
    blob = client.get_blob_client(container.container_name, "changing")
    blob.upload_blob(b"a" * 5000)
    stream = blob.download_blob()
    blob.upload_blob(b"b" * 5000, overwrite=True)
    raises(ResourceModifiedError, stream.readall, "ConditionNotMet", 412)


@row("blob properties of what is not there")
def _(studio):
    container = studio.container()
    blob = container.get_blob_client("missing")
    assert not blob.exists()
    raises(ResourceNotFoundError, blob.get_blob_properties, "BlobNotFound", 404)
    raises(ResourceNotFoundError, lambda: blob.download_blob().readall(), "BlobNotFound", 404)
    other = studio.service.get_blob_client("missing-container", "blob")
    raises(ResourceNotFoundError, lambda: other.upload_blob(b"1"), "ContainerNotFound", 404)


@row("set metadata and headers")
def _(studio):
    blob = studio.container().upload_blob("b", b"12345")
    before = blob.get_blob_properties().etag
    blob.set_blob_metadata({"a": "1"})
    blob.set_http_headers(ContentSettings(content_type="image/png", content_disposition="inline", content_language="de"))
    properties = blob.get_blob_properties()
    assert properties.metadata == {"a": "1"} and properties.etag != before
    assert properties.content_settings.content_type == "image/png"
    assert properties.content_settings.content_disposition == "inline"
    assert properties.content_settings.content_language == "de"
    assert properties.content_settings.content_md5 is None
    raises(HttpResponseError, lambda: blob.set_blob_metadata({"a-b": "1"}), "InvalidMetadata", 400)


@row("delete blob, and once more")
def _(studio):
    blob = studio.container().upload_blob("gone", b"1")
    blob.delete_blob(delete_snapshots="include")
    raises(ResourceNotFoundError, blob.delete_blob, "BlobNotFound", 404)


@row("batch delete")
def _(studio):
    container = studio.container()
    names = [f"folder/blob {number} ä" for number in range(20)]
    for name in names:
        container.upload_blob(name, b"1")
    answers = list(container.delete_blobs(*names[:15]))
    assert [answer.status_code for answer in answers] == [202] * 15
    assert len(list(container.list_blobs())) == 5
    answers = list(container.delete_blobs("missing", names[15], raise_on_any_failure=False))
    assert [answer.status_code for answer in answers] == [404, 202], answers
    assert answers[0].headers["x-ms-error-code"] == "BlobNotFound"
    signature = generate_container_sas(
        studio.account, container.container_name, account_key=studio.key, permission="dl", expiry=later()
    )
    signed = ContainerClient(studio.url, container.container_name, credential=signature, retry_total=0)
    assert [answer.status_code for answer in signed.delete_blobs(*names[16:18])] == [202, 202]
    listing = generate_container_sas(
        studio.account, container.container_name, account_key=studio.key, permission="l", expiry=later()
    )
    signed = ContainerClient(studio.url, container.container_name, credential=listing, retry_total=0)
    answers = list(signed.delete_blobs(*names[18:], raise_on_any_failure=False))
    assert [answer.status_code for answer in answers] == [403, 403]
    assert len(list(container.list_blobs())) == 2


@row("conditional headers")
def _(studio):
    blob = studio.container().upload_blob("conditional", b"1")
    properties = blob.get_blob_properties()
    blob.upload_blob(b"2", overwrite=True, etag=properties.etag, match_condition=MatchConditions.IfNotModified)
    raises(
        ResourceModifiedError,
        lambda: blob.upload_blob(
            b"3", overwrite=True, etag=properties.etag, match_condition=MatchConditions.IfNotModified
        ),
        "ConditionNotMet",
        412,
    )
    raises(
        ResourceModifiedError,
        lambda: blob.delete_blob(etag=properties.etag, match_condition=MatchConditions.IfNotModified),
        "ConditionNotMet",
    )
    current = blob.get_blob_properties().etag
    raises(
        HttpResponseError,
        lambda: blob.get_blob_properties(etag=current, match_condition=MatchConditions.IfModified),
        status=304,
    )
    raises(HttpResponseError, lambda: blob.download_blob(if_modified_since=later()).readall(), status=304)
    raises(
        ResourceModifiedError,
        lambda: blob.download_blob(if_unmodified_since=later(-24 * 365)).readall(),
        "ConditionNotMet",
        412,
    )
    assert blob.download_blob(if_modified_since=later(-24 * 365)).readall() == b"2"
    # Caches keep what they have under the version that a 304 names.
    token = generate_blob_sas(
        studio.account, blob.container_name, blob.blob_name, account_key=studio.key, permission="r", expiry=later())
    for method in ["GET", "HEAD"]:
        answer = requests.request(method, f"{blob.url}?{token}", headers={"If-None-Match": current}, timeout=120)
        assert answer.status_code == 304 and answer.headers["ETag"] == current, answer.headers
        assert answer.headers["Last-Modified"] and answer.headers["x-ms-error-code"] == "ConditionNotMet"


@row("leases, which there are none of")
def _(studio):
    blob = studio.container().upload_blob("a", b"1")
    raises(HttpResponseError, blob.acquire_lease, status=400)
    raises(
        HttpResponseError, lambda: blob.delete_blob(lease=str(uuid.uuid4())), "LeaseNotPresentWithBlobOperation", 412
    )
    assert blob.get_blob_properties().lease.state == "available"
    container = studio.container()
    raises(
        HttpResponseError, lambda: container.delete_container(lease=str(uuid.uuid4())),
        "LeaseNotPresentWithContainerOperation", 412,
    )
    assert container.exists()


@row("access tiers, of which there is one")
def _(studio):
    container = studio.container()
    container.upload_blob("hot", b"1", standard_blob_tier=StandardBlobTier.HOT)
    raises(
        HttpResponseError, lambda: container.upload_blob("cool", b"1", standard_blob_tier=StandardBlobTier.COOL),
        "UnsupportedHeader", 400,
    )
    assert [item.name for item in container.list_blobs()] == ["hot"]
