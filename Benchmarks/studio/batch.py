"""A folder as people have them, uploaded through the page: 5,000 small photos, 40 of them broken, one photo of 200 megapixels
and one HEIC. The batch must end, and every broken file must be listed with its reason."""

import pathlib
import tempfile
import time
import uuid

from pictures import jpeg, small_jpegs

COUNT, BROKEN = 5_000, 40
GIANT = (16_384, 12_208)
MOST_SECONDS = 600


def heic():
    """What a phone's photo begins with; its pixels are of no matter, because nothing here decodes them."""
    box = b"ftyp" + b"heic" + bytes(4) + b"mif1heic"
    return (len(box) + 4).to_bytes(4, "big") + box + bytes(4_096)


def broken(kind, content):
    """Words, nothing at all, a photo cut off in its header, a photo cut off in the middle of its pixels."""
    return [b"This is no photo.", b"", content[:24], content[: len(content) // 2]][kind % 4]


def make_folder(folder):
    """Writes the files and answers the names of those that cannot be used."""
    bad = set()
    step = COUNT // BROKEN
    for number, content in enumerate(small_jpegs(range(COUNT), 320, 240)):
        name = f"photo-{number:04}.jpg"
        if number % step == 0:
            content = broken(number // step, content)
            bad.add(name)
        (folder / name).write_bytes(content)
    (folder / "giant.jpg").write_bytes(jpeg(*GIANT, quality=80))
    (folder / "phone.heic").write_bytes(heic())
    assert len(bad) == BROKEN, len(bad)
    return bad


def upload(place, page, container, folder):
    """Uploads the folder by the page's own button; answers the seconds until the batch has ended, those until all reasons are
    listed (cut-off photos are found out when all of each was read), and what is listed."""
    page.goto(f"{place.house.url}/storage/{container}")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload folder").click()
    start = time.monotonic()
    chooser.value.set_files(folder)
    page.get_by_text("Uploaded into").first.wait_for(timeout=MOST_SECONDS * 1_000)
    ended = time.monotonic() - start
    rows = page.locator(".upload-trouble li")
    while rows.count() < BROKEN + 1 and time.monotonic() - start < MOST_SECONDS:
        page.wait_for_timeout(200)
    listed = time.monotonic() - start
    return ended, listed, dict((name.strip(), reason.strip()) for name, reason in rows.evaluate_all(
        "(rows) => rows.map((row) => [row.querySelector('.strong').textContent, row.querySelector('.bad-words').textContent])"))


def measure(place, figures, runs, explains):
    with tempfile.TemporaryDirectory(prefix="pomona-batch-") as work:
        folder = pathlib.Path(work, "holiday")
        folder.mkdir()
        bad = make_folder(folder)
        for run in range(runs):
            container, _ = place.container("batch bench", f"run-{run}-{uuid.uuid4().hex[:6]}")
            page = place.page()
            ended, listed, trouble = upload(place, page, container["id"], folder)
            stored = place.call("GET", f"/containers/{container['id']}")
            assert stored["blobCount"] == COUNT + 2, stored
            missing = {name for name in bad if not trouble.get(name)}
            others = set(trouble) - bad - {"phone.heic"}
            assert not missing, f"{len(missing)} broken files are not listed: {sorted(missing)[:8]}"
            assert not others, f"listed without being broken: {[(name, trouble[name]) for name in sorted(others)[:5]]}"
            assert "HEIC" in trouble["phone.heic"], trouble["phone.heic"]
            # The list of the container says the same, for whoever comes later.
            kept = place.items(f"/containers/{container['id']}/blobs?problem=1&limit=500")
            assert {blob["name"] for blob in kept} == set(trouble), len(kept)
            giant = place.items(f"/containers/{container['id']}/blobs?search=giant")[0]
            begin = time.monotonic()
            answer = place.requests.get(f"{place.house.url}/api/v1/blobs/{giant['id']}/thumbnail?side=256", timeout=120_000)
            assert answer.status == 200, answer.text()
            figures.add(f"batch: {COUNT + 2:,} files, until the batch has ended", ended, unit="s")
            figures.add("batch: until all reasons are listed", listed, unit="s")
            figures.add("batch: broken files without a reason", len(missing), 0, "files")
            figures.add("batch: thumbnail of 200 megapixels", (time.monotonic() - begin) * 1000)
            if explains:
                print(*(f"  {reason}" for reason in sorted(set(trouble.values()))), sep="\n")
            page.context.close()
