"""Starts the program itself, and drives azure-storage-blob and plain requests against it.

Usage: house_clients.py PROGRAM
"""

import contextlib
import datetime
import http.client
import ipaddress
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import urllib.parse

import requests
from azure.core.credentials import AzureNamedKeyCredential
from azure.core.exceptions import ClientAuthenticationError
from azure.storage.blob import BlobServiceClient, generate_blob_sas
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

import pictures
from raw_http import head_of
from rows import raises, row, run_rows

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Web/Browser"))
from server import House  # noqa: E402

DEVELOPMENT = "devstoreaccount1"
# Published with Azure's tools.
DEVELOPMENT_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


class Started(House):
    """A house with a port of ours for blobs unless it is 0."""

    def __init__(self, program, folder, options, blob_port):
        self.blob_port = blob_port
        super().__init__(program, folder, options)

    def start(self):
        self.ports = (self.ports[0], self.blob_port)
        return super().start()


class Program:
    def __init__(self, path):
        self.path = path

    @contextlib.contextmanager
    def running(self, *options, blob_port=0):
        """A new house, as what it says of itself."""
        with tempfile.TemporaryDirectory(prefix="pomona-clients-") as work:
            data = os.path.join(work, "data")
            os.makedirs(data)
            house = Started(self.path, data, options, blob_port)
            try:
                yield house.card
            finally:
                house.stop()


def local(address):
    """Where a server that shows itself by another name is reached on this machine."""
    parts = urllib.parse.urlsplit(address)
    return f"{parts.scheme}://127.0.0.1:{parts.port}"


def base(card):
    return local(card["blobEndpoint"])


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False


def own_address():
    """An address of this machine that is not loopback, `None` where there is none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found = probe.getsockname()[0]
        except OSError:
            return None
    return None if ipaddress.ip_address(found).is_loopback else found


def development(url):
    return named(url, DEVELOPMENT, DEVELOPMENT_KEY)


def named(url, account, key):
    # From the URL the client learns the account's name only where the host is this machine.
    return BlobServiceClient(f"{url}/{account}", credential=AzureNamedKeyCredential(account, key), retry_total=0)


@row("every row of azure-storage-blob against the program")
def _(program):
    with program.running() as card:
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "blob_client.py")
        done = subprocess.run(
            [sys.executable, script, base(card), card["accountName"], card["accountKey"]], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        connection = BlobServiceClient.from_connection_string(card["connectionString"], retry_total=0)
        assert list(connection.list_containers())


@row("the development account is closed unless it is asked for")
def _(program):
    with program.running() as card:
        raises(
            ClientAuthenticationError, lambda: list(development(base(card)).list_containers()), "AuthenticationFailed", 403)


@row("the development account, as UseDevelopmentStorage=true where its port is free")
def _(program):
    port = 10_000 if is_free(10_000) else 0
    with program.running("--development-account", blob_port=port) as card:
        if port:
            service = BlobServiceClient.from_connection_string("UseDevelopmentStorage=true", retry_total=0)
        else:
            print("port 10000 is taken: the account is named without UseDevelopmentStorage=true")
            service = development(base(card))
        container = service.create_container("photos")
        container.upload_blob("a", b"1")
        assert container.download_blob("a").readall() == b"1"
        # A signature by a key that everybody knows opens nothing to a server that reads for others.
        expiry = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
        token = generate_blob_sas(DEVELOPMENT, "photos", "a", account_key=DEVELOPMENT_KEY, permission="r", expiry=expiry)
        answer = requests.get(f"{base(card)}/{DEVELOPMENT}/photos/a?{token}", timeout=120)
        assert answer.content == b"1", answer.text


@row("the development account is for this machine alone, even where the server listens to others")
def _(program):
    address = own_address()
    if address is None:
        print("skipped: this machine has no other address than loopback")
        return
    options = ["--development-account", "--host", "0.0.0.0", "--name", address]
    with program.running(*options) as card:
        port = base(card).rsplit(":", 1)[1]
        assert list(development(f"http://127.0.0.1:{port}").list_containers()) == []
        away = f"http://{address}:{port}"
        raises(ClientAuthenticationError, lambda: list(development(away).list_containers()), "AuthenticationFailed", 403)
        # Other accounts are open from there.
        own = named(away, card["accountName"], card["accountKey"])
        assert list(own.list_containers()) == []


@row("names by which a server is known, with an account in front as well; others get no body for HEAD")
def _(program):
    with program.running("--name", "studio.example") as card:
        service = named(base(card), card["accountName"], card["accountKey"])
        container = service.create_container("open", public_access="blob")
        container.upload_blob("photo.png", pictures.fruit())
        account, url = card["accountName"], base(card)
        port = url.rsplit(":", 1)[1]
        for host in ["localhost", "studio.example"]:
            headers = {"Host": f"{account}.blob.{host}:{port}"}
            assert requests.get(f"{url}/open/photo.png", headers=headers, timeout=120).status_code == 200
            # Copies know the same names.
            target = container.get_blob_client(f"copy of {host}")
            target.start_copy_from_url(f"http://{account}.blob.{host}:{port}/open/photo.png")
            assert target.download_blob().readall() == pictures.fruit()
        for host in [f"{account}.blob.evil.example", "studio.example.evil.example", "evil.example"]:
            answer = requests.get(f"{url}/open/photo.png", headers={"Host": host}, timeout=120)
            assert answer.status_code == 421, host
        assert card["blobEndpoint"] == f"http://studio.example:{port}/{account}", card["blobEndpoint"]
        vision = local(card["visionEndpoint"])
        for endpoint, host in [(url, "evil.example"), (vision, "evil.example"), (vision, "localhost")]:
            with socket.create_connection(endpoint.split("//")[1].split(":"), timeout=120) as connection:
                connection.sendall(f"HEAD /nothing HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
                found = b""
                while piece := connection.recv(65_536):
                    found += piece
            head, body = found.split(b"\r\n\r\n", 1)
            assert head.split()[1] in (b"421", b"404") and body == b"", found


@row("analysis without a built-in model")
def _(program):
    with program.running() as card:
        url = f"{card['visionEndpoint']}/computervision/imageanalysis:analyze"
        headers = {"Ocp-Apim-Subscription-Key": card["visionKey"], "Content-Type": "image/png"}
        query = {"api-version": "2023-10-01", "features": "objects"}
        answer = requests.post(url, data=pictures.fruit(), headers=headers, params=query, timeout=120)
        if answer.status_code == 200:
            print("there is a built-in model here")
            return
        assert answer.status_code == 400, answer.text
        assert answer.json()["error"]["innererror"]["code"] == "NotSupportedVisualFeature", answer.text


def certificate(folder):
    """Paths of a certificate for this machine and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, content_commitment=False, key_encipherment=False,
                data_encipherment=False, key_agreement=False, crl_sign=False, encipher_only=False, decipher_only=False),
            critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = [os.path.join(folder, name) for name in ("chain.pem", "key.pem")]
    pathlib.Path(paths[0]).write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pathlib.Path(paths[1]).write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return paths


@row("TLS: next pages are https, signatures for https alone are taken, and waiting clients are told to go on")
def _(program):
    with tempfile.TemporaryDirectory() as folder:
        chain, key = certificate(folder)
        with program.running("--tls-certificate", chain, "--tls-key", key) as card:
            service = BlobServiceClient(
                card["blobEndpoint"], credential=card["accountKey"], retry_total=0, connection_verify=chain)
            container = service.create_container("photos")
            blob = container.upload_blob("labels.json", b"{}")
            headers = {"Ocp-Apim-Subscription-Key": card["visionKey"]}
            api, query = f"{card['visionEndpoint']}/computervision/datasets", {"api-version": "2023-04-01-preview"}
            body = {"annotationKind": "imageObjectDetection", "annotationFileUris": [blob.url]}
            for name in ["a", "b"]:
                requests.put(
                    f"{api}/{name}", json=body, params=query, headers=headers, verify=chain, timeout=120).raise_for_status()
            page = requests.get(api, params={**query, "top": 1}, headers=headers, verify=chain, timeout=120).json()
            assert page["nextLink"].startswith(f"{card['visionEndpoint']}/computervision/datasets?"), page
            rest = requests.get(page["nextLink"], headers=headers, verify=chain, timeout=120).json()
            assert [item["name"] for item in rest["value"]] == ["b"], rest
            expiry = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
            token = generate_blob_sas(
                card["accountName"], "photos", "new", account_key=card["accountKey"], permission="rwc", expiry=expiry,
                protocol="https")
            url = urllib.parse.urlsplit(f"{container.url}/new")
            context = ssl.create_default_context(cafile=chain)
            connection = http.client.HTTPSConnection(url.hostname, url.port, timeout=120, context=context)
            connection.connect()
            connection.sock.sendall(
                f"PUT {url.path}?{token} HTTP/1.1\r\nHost: {url.netloc}\r\nContent-Length: 5\r\n"
                "x-ms-blob-type: BlockBlob\r\nExpect: 100-continue\r\n\r\n".encode())
            assert head_of(connection.sock) == ("HTTP/1.1 100 Continue", b"")
            connection.sock.sendall(b"12345")
            assert head_of(connection.sock)[0].startswith("HTTP/1.1 201 ")
            connection.close()
            assert container.download_blob("new").readall() == b"12345"


run_rows(Program(sys.argv[1]))
