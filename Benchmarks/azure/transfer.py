"""How fast azure-storage-blob moves a gigabyte to a server and back.

Peers: the same client against a server that discards what it is sent and invents what it is asked for (`void.py`), and
`dd conv=fsync` to the same disk. The lower of the two bounds counts: half of the first, four fifths of the second.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from azure.storage.blob import BlobServiceClient

LENGTH = 1 << 30
OPTIONS = {"max_concurrency": 4}
BLOCK = 8 << 20

# MB of the server.
MOST_MEMORY = 300


def service(url, key):
    return BlobServiceClient(url, credential=key, max_block_size=BLOCK, max_single_put_size=BLOCK,
                             max_single_get_size=BLOCK, max_chunk_get_size=BLOCK, retry_total=0)


def upload(client, path):
    with open(path, "rb") as file:
        begin = time.perf_counter()
        client.upload_blob("large", file, length=LENGTH, **OPTIONS)
        return LENGTH / 1e6 / (time.perf_counter() - begin)


def download(client):
    with open(os.devnull, "wb") as sink:
        begin = time.perf_counter()
        found = client.get_blob_client("large").download_blob(**OPTIONS).readinto(sink)
        assert found == LENGTH, found
        return LENGTH / 1e6 / (time.perf_counter() - begin)


def disk(folder):
    """MB a second of `dd` with an fsync at the end."""
    target = pathlib.Path(folder) / "dd"
    begin = time.perf_counter()
    subprocess.run(["dd", "if=/dev/zero", f"of={target}", "bs=1M", f"count={LENGTH >> 20}", "conv=fsync"], check=True,
                   capture_output=True)
    seconds = time.perf_counter() - begin
    target.unlink()
    return LENGTH / 1e6 / seconds


def peak(process):
    return next(int(line.split()[1]) for line in open(f"/proc/{process}/status") if line.startswith("VmHWM:")) / 1024


def measure(house, card, folder, rounds):
    """Prints the figures; whether they are within their bounds."""
    url, key = card["blobEndpoint"], card["accountKey"]
    ours = service(url, key).create_container("transfer")
    void = subprocess.Popen([sys.executable, str(pathlib.Path(__file__).with_name("void.py")), str(LENGTH)],
                            stdout=subprocess.PIPE, text=True)
    try:
        theirs = service(f"http://127.0.0.1:{int(void.stdout.readline())}/{card['accountName']}", key)
        theirs = theirs.get_container_client("transfer")
        figures = {name: [] for name in ("up", "void up", "down", "void down", "disk")}
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            for _ in range(LENGTH >> 24):
                file.write(os.urandom(1 << 24))
            file.flush()
            for number in range(rounds):
                # What went before is deleted outside the time, as dd's file is.
                if number > 0:
                    ours.delete_blob("large")
                figures["up"].append(upload(ours, file.name))
                figures["void up"].append(upload(theirs, file.name))
                figures["disk"].append(disk(folder))
                figures["down"].append(download(ours))
                figures["void down"].append(download(theirs))
    finally:
        void.kill()
    median = {name: statistics.median(values) for name, values in figures.items()}
    is_good = True
    for way in ("up", "down"):
        bounds = {"half of the client's own speed": median[f"void {way}"] / 2, "0.8 of dd": median["disk"] * 0.8}
        name = min(bounds, key=bounds.get)
        print(f"1 GiB {way}: {median[way]:.0f} MB/s, at least {bounds[name]:.0f} ({name}; client alone "
              f"{median[f'void {way}']:.0f}, dd {median['disk']:.0f})")
        is_good = is_good and median[way] >= bounds[name]
    memory = peak(house.process.pid)
    print(f"server: {memory:.0f} MB of memory at most (at most {MOST_MEMORY})")
    return is_good and memory <= MOST_MEMORY
