"""A folder of 5,000 files, 40 of them broken, with a photo of 200 megapixels and one in a format that is not known."""

import pathlib
import tempfile
import time

from grid import picture
from PIL import Image

COUNT, BROKEN = 5_000, 40
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(2_000)


def write(folder):
    for number in range(COUNT - 2):
        content = picture(number)
        if number % (COUNT // BROKEN) == 7:
            content = content[: len(content) // 2]
        (folder / f"photo-{number:05}.png").write_bytes(content)
    Image.new("RGB", (20_000, 10_000), (40, 90, 60)).save(folder / "huge.jpg", quality=80)
    (folder / "phone.heic").write_bytes(HEIC)


def measure(studio, rounds):
    del rounds
    group = studio.call("POST", "/groups", {"name": "folders", "storageAccount": "folderstore"})["id"]
    account = studio.items(f"/groups/{group}/accounts")[0]["id"]
    container = studio.call("POST", f"/accounts/{account}/containers", {"name": "folder"})["id"]
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work) / "holiday"
        folder.mkdir()
        write(folder)
        studio.open(f"/storage/{container}")
        begin = time.monotonic()
        with studio.page.expect_file_chooser() as chooser:
            studio.page.get_by_role("button", name="Upload folder").click()
        chooser.value.set_files(str(folder))
        studio.page.get_by_text("Uploaded into").first.wait_for(timeout=600_000)
        seconds = time.monotonic() - begin
    studio.page.wait_for_timeout(2_000)
    studio.shot("folder")
    blobs = studio.call("GET", f"/containers/{container}/blobs?limit=1&kind=broken")
    others = [item for item in studio.items(f"/containers/{container}/blobs?limit=100&kind=broken") if item.get("problem")]
    print(f"a folder of {COUNT} files: {seconds:.0f} s, {blobs['total']} named as broken (40, and one of a format not known)")
    for item in others[:2] + [item for item in others if not item["name"].startswith("photo")]:
        print(f"  {item['name']}: {item['problem']['message']}")
