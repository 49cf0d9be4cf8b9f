"""Drives azure-storage-blob over every operation that the Blob API has.

Usage: blob_client.py URL ACCOUNT KEY, where URL is the server's without the account, such as http://127.0.0.1:10000.
"""

import base64
import datetime
import hashlib
import os
import sys
import uuid

from azure.core import MatchConditions
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.storage.blob import (
    AccessPolicy,
    AccountSasPermissions,
    BlobBlock,
    BlobClient,
    BlobSasPermissions,
    BlobServiceClient,
    ContainerClient,
    ContainerSasPermissions,
    ContentSettings,
    ResourceTypes,
    generate_account_sas,
    generate_blob_sas,
    generate_container_sas,
)

from rows import raises, row, run_rows


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


@row("connection string")
def _(studio):
    text = (
        f"DefaultEndpointsProtocol=http;AccountName={studio.account};AccountKey={studio.key};BlobEndpoint={studio.url};"
    )
    service = BlobServiceClient.from_connection_string(text, retry_total=0)
    assert service.account_name == studio.account
    list(service.list_containers())


@row("create container, and once more")
def _(studio):
    container = studio.service.get_container_client("created")
    assert not container.exists()
    answer = container.create_container(metadata={"Purpose": "photos"})
    assert answer["etag"] and answer["last_modified"]
    assert container.exists()
    raises(ResourceExistsError, container.create_container, "ContainerAlreadyExists", 409)
    raises(HttpResponseError, studio.service.get_container_client("No_Name").create_container, "InvalidResourceName", 400)


@row("container properties and metadata")
def _(studio):
    container = studio.container()
    container.set_container_metadata({"season": "autumn", "year_of": "2023"})
    properties = container.get_container_properties()
    assert properties.metadata == {"season": "autumn", "year_of": "2023"}, properties.metadata
    assert properties.etag and properties.last_modified and properties.public_access is None
    missing = studio.service.get_container_client("missing-one")
    raises(ResourceNotFoundError, missing.get_container_properties, "ContainerNotFound", 404)


@row("delete container")
def _(studio):
    container = studio.container()
    container.upload_blob("a", b"1")
    container.delete_container()
    assert not container.exists()
    raises(ResourceNotFoundError, container.delete_container, "ContainerNotFound", 404)


@row("list containers with prefix, pages and metadata")
def _(studio):
    names = [f"listed-{number}" for number in range(5)]
    for name in names:
        studio.service.create_container(name, metadata={"number": name[-1]})
    found = list(studio.service.list_containers(name_starts_with="listed-", include_metadata=True))
    assert [item.name for item in found] == names
    assert found[3].metadata == {"number": "3"} and found[0].etag and found[0].last_modified
    pages = [list(page) for page in studio.service.list_containers("listed-", results_per_page=2).by_page()]
    assert [len(page) for page in pages] == [2, 2, 1]


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


@row("public access")
def _(studio):
    name = f"open-{uuid.uuid4().hex[:8]}"
    container = studio.service.create_container(name, public_access="blob")
    container.upload_blob("photo", b"seen by all")
    anybody = ContainerClient(studio.url, name, retry_total=0)
    assert anybody.get_blob_client("photo").download_blob().readall() == b"seen by all"
    raises(ClientAuthenticationError, lambda: list(anybody.list_blobs()), "NoAuthenticationInformation", 401)
    container.set_container_access_policy({}, public_access="container")
    assert [item.name for item in anybody.list_blobs()] == ["photo"]
    raises(ClientAuthenticationError, lambda: anybody.upload_blob("mine", b"1"), "NoAuthenticationInformation")
    container.set_container_access_policy({})
    raises(ClientAuthenticationError, lambda: anybody.get_blob_client("photo").download_blob().readall())


@row("account SAS")
def _(studio):
    signature = generate_account_sas(
        studio.account, studio.key, ResourceTypes(service=True, container=True, object=True),
        AccountSasPermissions(read=True, write=True, list=True, create=True, delete=True), later(),
    )
    service = studio.client(signature)
    container = service.create_container(f"sas-{uuid.uuid4().hex[:8]}")
    container.upload_blob("a", b"1")
    container.upload_blob("a", b"2", overwrite=True)
    assert [item.name for item in container.list_blobs()] == ["a"]
    assert container.download_blob("a").readall() == b"2"
    assert any(item.name == container.container_name for item in service.list_containers())
    container.delete_blob("a")
    container.delete_container()


@row("account SAS with less than is needed")
def _(studio):
    objects = generate_account_sas(
        studio.account, studio.key, ResourceTypes(object=True), AccountSasPermissions(read=True), later()
    )
    container = studio.container()
    container.upload_blob("a", b"1")
    client = studio.client(objects)
    other = client.get_container_client(container.container_name)
    assert other.download_blob("a").readall() == b"1"
    raises(HttpResponseError, lambda: other.upload_blob("b", b"1"), "AuthorizationPermissionMismatch", 403)
    raises(HttpResponseError, lambda: list(other.list_blobs()), "AuthorizationResourceTypeMismatch", 403)
    raises(
        HttpResponseError, lambda: list(client.list_containers()), "AuthorizationResourceTypeMismatch", 403
    )


@row("service SAS for a container")
def _(studio):
    container = studio.container()
    container.upload_blob("a", b"1")
    signature = generate_container_sas(
        studio.account, container.container_name, account_key=studio.key,
        permission=ContainerSasPermissions(read=True, list=True, create=True), expiry=later(),
        start=later(-1),
    )
    client = ContainerClient(studio.url, container.container_name, credential=signature, retry_total=0)
    assert [item.name for item in client.list_blobs()] == ["a"] and client.download_blob("a").readall() == b"1"
    client.upload_blob("new", b"1")
    raises(
        HttpResponseError, lambda: client.upload_blob("new", b"2", overwrite=True), "UnauthorizedBlobOverwrite"
    )
    raises(HttpResponseError, lambda: client.delete_blob("a"), "AuthorizationPermissionMismatch", 403)
    raises(HttpResponseError, client.delete_container, "AuthorizationFailure", 403)
    elsewhere = studio.container()
    other = ContainerClient(studio.url, elsewhere.container_name, credential=signature, retry_total=0)
    raises(ClientAuthenticationError, lambda: list(other.list_blobs()), "AuthenticationFailed", 403)
    service = BlobServiceClient(studio.url, credential=signature, retry_total=0)
    raises(ClientAuthenticationError, lambda: list(service.list_containers()), "AuthenticationFailed", 403)


@row("service SAS for a blob, with headers of its own")
def _(studio):
    container = studio.container()
    container.upload_blob("a b/ü.txt", b"1")
    container.upload_blob("other", b"1")
    signature = generate_blob_sas(
        studio.account, container.container_name, "a b/ü.txt", account_key=studio.key,
        permission=BlobSasPermissions(read=True), expiry=later(), content_disposition="attachment",
        content_type="text/plain", cache_control="max-age=1", protocol="https,http", ip="127.0.0.1",
    )
    blob = BlobClient(studio.url, container.container_name, "a b/ü.txt", credential=signature, retry_total=0)
    properties = blob.get_blob_properties()
    assert properties.content_settings.content_disposition == "attachment"
    assert properties.content_settings.content_type == "text/plain"
    assert blob.download_blob().readall() == b"1"
    other = BlobClient(studio.url, container.container_name, "other", credential=signature, retry_total=0)
    raises(ClientAuthenticationError, lambda: other.download_blob().readall(), "AuthenticationFailed", 403)


@row("SAS that is expired, not yet valid, for https, or for another address")
def _(studio):
    container = studio.container()
    container.upload_blob("a", b"1")

    def read_with(**options):
        options = {"permission": "r", "expiry": later(), **options}
        signature = generate_blob_sas(
            studio.account, container.container_name, "a", account_key=studio.key, **options
        )
        blob = BlobClient(studio.url, container.container_name, "a", credential=signature, retry_total=0)
        return blob.download_blob().readall()

    assert read_with() == b"1"
    failed = HttpResponseError
    raises(failed, lambda: read_with(expiry=later(-1)), "AuthenticationFailed", 403)
    raises(failed, lambda: read_with(start=later(0.5)), "AuthenticationFailed", 403)
    raises(failed, lambda: read_with(protocol="https"), "AuthorizationProtocolMismatch", 403)
    raises(failed, lambda: read_with(ip="10.0.0.1-10.0.0.9"), "AuthorizationSourceIPMismatch", 403)


@row("stored access policies")
def _(studio):
    container = studio.container()
    container.upload_blob("a", b"1")
    policy = AccessPolicy(permission=ContainerSasPermissions(read=True, list=True), expiry=later(), start=later(-1))
    container.set_container_access_policy({"readers": policy})
    answer = container.get_container_access_policy()
    assert [item.id for item in answer["signed_identifiers"]] == ["readers"] and answer["public_access"] is None
    assert answer["signed_identifiers"][0].access_policy.permission == "rl"
    signature = generate_container_sas(
        studio.account, container.container_name, account_key=studio.key, policy_id="readers"
    )
    client = ContainerClient(studio.url, container.container_name, credential=signature, retry_total=0)
    assert [item.name for item in client.list_blobs()] == ["a"]
    raises(HttpResponseError, lambda: client.upload_blob("b", b"1"), "AuthorizationPermissionMismatch", 403)
    raises(
        HttpResponseError, lambda: client.get_container_access_policy(), "AuthorizationFailure", 403
    )
    container.set_container_access_policy({})
    raises(ClientAuthenticationError, lambda: list(client.list_blobs()), "AuthenticationFailed", 403)


@row("wrong key and unknown account")
def _(studio):
    wrong = base64.b64encode(os.urandom(64)).decode()
    raises(ClientAuthenticationError, lambda: list(studio.client(wrong).list_containers()), "AuthenticationFailed", 403)
    nobody = BlobServiceClient(
        studio.url.replace(studio.account, "nobody"), credential={"account_name": "nobody", "account_key": wrong},
        retry_total=0,
    )
    raises(ClientAuthenticationError, lambda: list(nobody.list_containers()), "AuthenticationFailed", 403)


@row("service properties and account information")
def _(studio):
    properties = studio.service.get_service_properties()
    assert properties["static_website"].enabled is False and properties["delete_retention_policy"].enabled is False
    assert studio.service.get_account_information()["account_kind"] == "StorageV2"


@row("leases, which there are none of")
def _(studio):
    blob = studio.container().upload_blob("a", b"1")
    raises(HttpResponseError, blob.acquire_lease, status=400)
    raises(
        HttpResponseError, lambda: blob.delete_blob(lease=str(uuid.uuid4())), "LeaseNotPresentWithBlobOperation", 412
    )
    assert blob.get_blob_properties().lease.state == "available"


if __name__ == "__main__":
    run_rows(Studio(*sys.argv[1:4]))
