"""Containers: made, listed, described, deleted."""

from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.storage.blob import BlobServiceClient

from rows import raises, row


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


@row("service properties and account information")
def _(studio):
    properties = studio.service.get_service_properties()
    assert properties["static_website"].enabled is False and properties["delete_retention_policy"].enabled is False
    assert studio.service.get_account_information()["account_kind"] == "StorageV2"
