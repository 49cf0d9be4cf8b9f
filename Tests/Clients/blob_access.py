"""Who may do what: public access, the two keys, each kind of signature and stored policies."""

import base64
import os
import uuid

import requests
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError
from azure.storage.blob import (
    AccessPolicy,
    AccountSasPermissions,
    BlobClient,
    BlobSasPermissions,
    BlobServiceClient,
    ContainerClient,
    ContainerSasPermissions,
    ResourceTypes,
    generate_account_sas,
    generate_blob_sas,
    generate_container_sas,
)

from blob_studio import later
from rows import raises, row


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


@row("the account's secondary, and the account in front of the host")
def _(studio):
    container = studio.container()
    blob = container.upload_blob("a b", b"1")
    credential = {"account_name": f"{studio.account}-secondary", "account_key": studio.key}
    secondary = BlobServiceClient(f"{studio.url}-secondary", credential=credential, retry_total=0)
    assert secondary.get_blob_client(container.container_name, "a b").download_blob().readall() == b"1"
    token = generate_blob_sas(
        studio.account, container.container_name, "a b", account_key=studio.key, permission="r", expiry=later())
    base, path = studio.url.rsplit("/", 1)[0], f"{container.container_name}/a%20b?{token}"
    answer = requests.get(f"{studio.url}-secondary/{path}", timeout=120)
    assert answer.content == b"1", answer.text
    port = base.rsplit(":", 1)[1]
    for account in [studio.account, f"{studio.account}-secondary"]:
        answer = requests.get(f"{base}/{path}", headers={"Host": f"{account}.blob.localhost:{port}"}, timeout=120)
        assert answer.content == b"1", answer.text
    answer = requests.get(f"{base}/{path}", headers={"Host": f"other.blob.localhost:{port}"}, timeout=120)
    assert answer.status_code == 403, answer.text


@row("wrong key and unknown account")
def _(studio):
    wrong = base64.b64encode(os.urandom(64)).decode()
    raises(ClientAuthenticationError, lambda: list(studio.client(wrong).list_containers()), "AuthenticationFailed", 403)
    nobody = BlobServiceClient(
        studio.url.replace(studio.account, "nobody"), credential={"account_name": "nobody", "account_key": wrong},
        retry_total=0,
    )
    raises(ClientAuthenticationError, lambda: list(nobody.list_containers()), "AuthenticationFailed", 403)


@row("a request that was signed and then changed, sent in another's name, or signed for another")
def _(studio):
    container = studio.container()
    sent = []
    container.upload_blob("mine", b"1234", overwrite=True, raw_response_hook=lambda answer: sent.append(answer.http_request))
    signed, url = dict(sent[0].headers), sent[0].url
    assert signed["Authorization"].startswith("SharedKey ")

    def answer(url=url, data=b"1234", **changes):
        headers = {**signed, **{name.replace("_", "-"): value for name, value in changes.items()}}
        found = requests.put(url, data=data, headers=headers, timeout=120)
        return found.status_code, found.headers.get("x-ms-error-code")

    refused = (403, "AuthenticationFailed")
    assert answer() == (201, None)
    assert answer(url.replace("mine", "yours")) == refused
    assert answer(data=b"12345", Content_Length="5") == refused
    assert answer(x_ms_meta_owner="me") == refused
    assert answer(Content_Type="image/png") == refused
    scheme, signature = signed["Authorization"].split(":")
    assert answer(Authorization=f"{scheme}:{'B' if signature[0] == 'A' else 'A'}{signature[1:]}") == refused
    assert answer(Authorization="SharedKey")[0] in (400, 401, 403)
    assert [item.name for item in container.list_blobs()] == ["mine"]
    assert container.download_blob("mine").readall() == b"1234"


@row("XML with entities, with a document type, and without an end")
def _(studio):
    container = studio.container()
    blob = container.get_blob_client("listed")
    identifier = base64.b64encode(b"one").decode()
    blob.stage_block(identifier, b"bytes")
    token = generate_blob_sas(
        studio.account, container.container_name, "listed", account_key=studio.key,
        permission=BlobSasPermissions(write=True, create=True), expiry=later())
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    for text in [
        f"{bomb}<BlockList><Latest>&b;</Latest></BlockList>",
        f"<BlockList><Latest>&unknown;{identifier}</Latest></BlockList>",
        f"<BlockList><Latest>{identifier}</Latest>",
        f"<BlockList>{'<Latest>' * 5000}",
        "no XML",
        "",
    ]:
        answer = requests.put(f"{blob.url}?comp=blocklist&{token}", data=text.encode(), timeout=120)
        assert answer.status_code == 400, (text[:60], answer.status_code)
        assert answer.headers["x-ms-error-code"] in ("InvalidXmlDocument", "InvalidXmlNodeValue"), answer.text
    assert not blob.exists()
