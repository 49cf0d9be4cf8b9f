"""Labels photos in the browser with mouse and keys: from an empty project to an approved COCO file on the dataset.

Usage: labeling.py PROGRAM ARTEFACTS
where PROGRAM is `pomona` and ARTEFACTS the folder for pictures of every page.
"""

import json
import sys
import uuid

from studio import Studio, expect

import labeling_review
import labeling_tools
import photos
from rows import row, run_rows
from stage import annotations, current, draw, near, rectangles, saved, tasks
from walk import late_answers, wait

COUNT = 8
SLOWEST_NEXT = 100
"""Milliseconds from Submit to the next photo, as the median of the photos."""


def upload(studio, container, name, content):
    headers = {"X-Pomona-Name": name, "X-Pomona-Upload": str(uuid.uuid4()), "X-Pomona-If-Exists": "fail",
               "Content-Type": "image/png"}
    studio.call("PUT", f"/containers/{container}/blobs", content, headers=headers)


@row("a labeling project is made from the dataset's page by a name alone")
def _(studio):
    expect(studio.page.get_by_role("heading", name="Teach a computer to see").first).to_be_visible()
    group = studio.call("POST", "/groups", {"name": "orchard", "storageAccount": "orchardstore"})["id"]
    account = studio.items(f"/groups/{group}/accounts")[0]["id"]
    container = studio.call("POST", f"/accounts/{account}/containers", {"name": "training-images"})["id"]
    for number in range(COUNT):
        upload(studio, container, f"fruit-{number}.png", photos.png(photos.placed(number)))
    dataset = studio.call("POST", f"/groups/{group}/datasets", {
        "name": "orchard", "kind": "imageObjectDetection", "containerID": container, "allowsReadWrite": True})
    studio.dataset, studio.container = dataset["id"], container
    studio.page.evaluate("localStorage.clear()")
    studio.open("/projects")
    page = studio.page
    # The new group is the one to work in.
    page.evaluate(f"localStorage.setItem('pomona.group', '{group}')")
    studio.open(f"/datasets/{studio.dataset}")
    studio.shot("dataset")
    page.get_by_role("button", name="labeling project").first.click()
    page.get_by_label("Name", exact=True).fill("label orchard")
    page.get_by_role("button", name="Create project").click()
    expect(page.get_by_role("heading", name="label orchard").first).to_be_visible()
    studio.project = page.url.split("/projects/")[1].split("/")[0]
    assert len(tasks(studio)) == COUNT


@row("it does not start without label categories, and starts with them")
def _(studio):
    page = studio.page
    studio.open(f"/projects/{studio.project}")
    expect(page.get_by_text("Before it can start").first).to_be_visible()
    studio.shot("project-empty")
    page.get_by_role("link", name="Add label categories").first.click()
    page.get_by_role("button", name="Add label categories").click()
    page.get_by_label("Names, one a line").fill("apple\nbanana")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("banana").first).to_be_visible()
    page.get_by_role("button", name="Start", exact=True).first.click()
    expect(page.get_by_role("link", name="Label data")).to_be_visible()
    studio.shot("project-details")
    project = studio.call("GET", f"/projects/{studio.project}")
    assert project["state"] == "running", project
    assert [category.get("hotkey") for category in project["categories"]] == ["1", "2"], project
    studio.categories = {category["id"]: category["name"] for category in project["categories"]}


@row("boxes drawn with the mouse, tagged with keys, are on the server without Submit")
def _(studio):
    page = studio.page
    page.get_by_role("link", name="Label data").click()
    expect(page.get_by_label(f"Tasks remaining: {COUNT} of {COUNT}")).to_be_visible()
    expect(page.locator("photo-canvas")).to_be_visible()
    page.wait_for_timeout(500)
    apple, banana = rectangles(studio)
    draw(studio, apple)
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    draw(studio, banana)
    found = annotations(studio, 2)
    assert [studio.categories[item["categoryID"]] for item in found] == ["apple", "banana"], found
    assert near(found[0]["box"], apple) and near(found[1]["box"], banana), (found, apple, banana)
    studio.shot("labeling")


@row("undo and redo go over everything, and a nudge moves a box by one pixel")
def _(studio):
    page = studio.page
    page.keyboard.press("Control+z")
    annotations(studio, 1)
    page.keyboard.press("Control+y")
    before = annotations(studio, 2)[1]["box"]["xMin"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    moved = {item["id"]: item["box"]["xMin"] for item in current(studio)["annotations"]}
    page.keyboard.press("ArrowRight")

    def nudged():
        now = {item["id"]: item["box"]["xMin"] for item in current(studio)["annotations"]}
        return [now[key] - moved[key] for key in now if now[key] != moved[key]]

    assert wait(nudged, "the nudge") == [1], (before, moved)


@row("Submit with Enter shows the next photo at once; the counter follows")
def _(studio):
    page = studio.page
    times = []
    for place in range(COUNT - 2):
        name = page.locator(".labeling-name").inner_text()
        if place > 0:
            apple, banana = rectangles(studio)
            page.keyboard.press("1")
            draw(studio, apple)
            page.keyboard.press("Escape")
            page.keyboard.press("2")
            draw(studio, banana)
            page.keyboard.press("Escape")
        page.evaluate("""() => {
          window.submitted = null
          const heading = document.querySelector('.labeling-name')
          const before = heading.textContent
          addEventListener('keydown', (event) => {
            if (event.key !== 'Enter') return
            const start = performance.now()
            const look = () => {
              const now = document.querySelector('.labeling-name')
              if (now && now.textContent !== before) requestAnimationFrame(() => { window.submitted = performance.now() - start })
              else requestAnimationFrame(look)
            }
            look()
          }, { capture: true, once: true })
        }""")
        page.keyboard.press("Enter")
        expect(page.locator(".labeling-name")).not_to_have_text(name)
        times.append(wait(lambda: page.evaluate("window.submitted"), "the next photo"))
        expect(page.get_by_label(f"Tasks remaining: {COUNT - 1 - place} of {COUNT}")).to_be_visible()
    times.sort()
    print(f"  next photo after Submit: median {times[len(times) // 2]:.0f} ms, most {times[-1]:.0f} ms")
    assert times[len(times) // 2] <= SLOWEST_NEXT, times
    saved(studio)
    assert len(tasks(studio, "&state=submitted")) == COUNT - 2


@row("S skips; with nothing left the page says so")
def _(studio):
    page = studio.page
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    saved(studio)
    wait(lambda: len(tasks(studio, "&state=submitted")) == COUNT - 1, "the empty photo is submitted")
    assert len(tasks(studio, "&state=skipped")) == 1
    expect(page.get_by_label(f"Tasks remaining: 0 of {COUNT}")).to_be_visible()
    studio.shot("labeling-done")


@row("edits of a lost server are kept in the browser and sent when it is back")
def _(studio):
    page = studio.page
    studio.is_server_lost = True
    task = tasks(studio, "&state=submitted")[0]
    studio.open(f"/label/{studio.project}/{task['id']}")
    page.wait_for_timeout(500)
    studio.house.kill()
    page.keyboard.press("1")
    draw(studio, (500, 20, 600, 100))
    expect(page.get_by_text("kept here").first).to_be_visible()
    studio.shot("labeling-offline")
    studio.house.start()
    expect(page.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=60_000)
    assert len(current(studio)["annotations"]) == len(task["annotations"]) + 1
    studio.is_server_lost = False
    # The page must not have begun anew: what can be undone lives in it.
    page.keyboard.press("Control+z")
    annotations(studio, len(task["annotations"]))
    # It was submitted before, and a mended photo is submitted again.
    assert current(studio)["state"] == "submitted"


@row("two people on one photo see a conflict, and nothing is overwritten in silence")
def _(studio):
    page = studio.page
    task = current(studio)
    invitation = studio.call("POST", f"/projects/{studio.project}/invitations", {"role": "labeler"})
    studio.guest = studio.open_page()
    studio.guest.goto(invitation["link"])
    expect(studio.guest.get_by_role("heading", name="label orchard").first).to_be_visible()
    studio.shot("labeler", studio.guest)
    studio.is_server_lost = True
    page.context.set_offline(True)
    page.keyboard.press("1")
    draw(studio, (500, 20, 600, 100))
    expect(page.get_by_text("kept here").first).to_be_visible()
    # The other one's edit comes first, while this browser cannot send.
    change = {"edit": str(uuid.uuid4()), "baseRevision": task["revision"], "annotations": task["annotations"][:1]}
    path = f"{studio.house.url}/api/v1/projects/{studio.project}/tasks/{task['id']}/annotations"
    answer = studio.guest.request.put(path, data=change, headers={"X-Pomona": "1"})
    assert answer.status == 200, answer.text()
    studio.is_refusal_expected = True
    page.context.set_offline(False)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Somebody else changed this photo")).to_be_visible(timeout=60_000)
    studio.shot("labeling-conflict")
    assert len(current(studio)["annotations"]) == 1
    dialog.get_by_role("button", name="Keep mine").click()
    annotations(studio, len(task["annotations"]) + 1)
    saved(studio)
    studio.is_refusal_expected = studio.is_server_lost = False
    history = studio.items(f"/projects/{studio.project}/tasks/{task['id']}/history")
    assert any(len(item["annotations"]) == 1 for item in history), history


@row("who was invited finds the projects, and nothing that is the owner's")
def _(studio):
    guest, house = studio.guest, studio.house.url
    for path in ("/", "/projects"):
        guest.goto(house + path)
        expect(guest.get_by_role("heading", name="Labeling projects", level=1)).to_be_visible()
        expect(guest.get_by_role("link", name="label orchard").first).to_be_visible()
        expect(guest.get_by_role("alert")).to_have_count(0)
        assert guest.url == f"{house}/projects", guest.url
    links = guest.get_by_role("navigation", name="Studio").locator(".nav-link").all_inner_texts()
    assert [text.strip() for text in links] == ["Labeling projects"], links
    studio.shot("labeler-projects", guest)
    guest.get_by_role("link", name="label orchard").first.click()
    expect(guest.get_by_role("heading", name="label orchard").first).to_be_visible()
    # The dataset is the owner's: it is named here, and no link leads to it.
    expect(guest.get_by_text("dataset orchard").first).to_be_visible()
    assert guest.locator("a[href^='/datasets']").count() == 0
    answer = guest.request.get(f"{house}/api/v1/jobs")
    assert answer.status == 200 and answer.json()["items"] == [], answer.text()


@row("what an invitation lets in, pasted where one signs in, opens the projects; a reviewer may start experiments")
def _(studio):
    page = studio.page
    studio.open(f"/projects/{studio.project}/details")
    page.get_by_role("button", name="Invite").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reviewer").check()
    with late_answers(page):
        dialog.get_by_role("button", name="Make a link").dblclick()
        link = dialog.locator(".copy-value").inner_text()
    dialog.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Open invitation as reviewer")).to_have_count(1)
    reviewer = studio.open_page()
    # Nobody is signed in there yet, and the browser itself reports that refusal.
    studio.is_refusal_expected = True
    reviewer.goto(f"{studio.house.url}/sign-in")
    reviewer.get_by_label("Link").fill(link)
    reviewer.get_by_role("button", name="Sign in").click()
    expect(reviewer.get_by_role("heading", name="Labeling projects", level=1)).to_be_visible()
    studio.is_refusal_expected = False
    reviewer.get_by_role("link", name="label orchard").first.click()
    expect(reviewer.get_by_role("button", name="Start now")).to_be_visible()
    reviewer.get_by_role("link", name="Data", exact=True).click()
    expect(reviewer.get_by_label("Labeler", exact=True)).to_be_visible()
    reviewer.context.close()


@row("review: one is rejected with words and comes back")
def _(studio):
    page = studio.page
    studio.open(f"/projects/{studio.project}/data?state=submitted")
    cell = page.locator("photo-grid .cell").first
    expect(cell).to_be_visible()
    page.wait_for_timeout(800)
    studio.shot("review")
    cell.click()
    page.get_by_role("button", name="Reject").first.click()
    page.get_by_label("What is wrong").fill("The apple's box is too large.")
    page.get_by_role("dialog").get_by_role("button", name="Reject").click()
    wait(lambda: len(tasks(studio, "&state=rejected")) == 1, "the rejection")
    studio.open(f"/label/{studio.project}")
    expect(page.get_by_text("The apple's box is too large.").first).to_be_visible()
    studio.shot("labeling-rejected")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    wait(lambda: len(tasks(studio, "&state=submitted")) == COUNT - 1, "the photo is submitted again")


row("a verdict is on what was chosen when it was asked for; what has left the list cannot be opened")(
    labeling_review.verdicts)
row("looking through photos: a verdict counts once and skips no photo, and words of a rejection outlive a refusal")(
    labeling_review.looking_through)


@row("all that are shown are approved at once")
def _(studio):
    page = studio.page
    studio.open(f"/projects/{studio.project}/data?state=submitted")
    page.get_by_role("button", name=f"Approve all {COUNT - 5} shown").click()
    page.get_by_role("dialog").get_by_role("button", name="Approve").click()
    wait(lambda: len(tasks(studio, "&state=approved")) == COUNT - 1, "the approval")


@row("export writes training-labels.json into the container and onto the dataset")
def _(studio):
    page = studio.page
    studio.open(f"/projects/{studio.project}")
    page.get_by_role("button", name="Export").first.click()
    studio.shot("export")
    page.get_by_role("dialog").get_by_role("button", name="Export").click()
    expect(page.get_by_text("training-labels.json is in the container").first).to_be_visible()
    files = studio.call("GET", f"/datasets/{studio.dataset}")["cocoFiles"]
    assert [file["name"] for file in files] == ["training-labels.json"], files
    assert files[0]["source"] == "project" and files[0]["imageCount"] == COUNT - 1, files
    blob = studio.items(f"/containers/{studio.container}/blobs?kind=json")[0]
    text = studio.page.request.get(f"{studio.house.url}/api/v1/blobs/{blob['id']}/content").text()
    coco = json.loads(text)
    assert len(coco["images"]) == COUNT - 1 and len(coco["categories"]) == 2, text


@row("the dashboard shows who did what")
def _(studio):
    studio.open(f"/projects/{studio.project}")
    expect(studio.page.get_by_text("ML-assisted labeling").first).to_be_visible()
    studio.page.wait_for_timeout(800)
    studio.shot("dashboard")
    figures = studio.call("GET", f"/projects/{studio.project}/dashboard")
    assert figures["labelers"][0]["submitted"] == COUNT - 1, figures


row("label categories move up press by press with the focus, and instructions outlive a look at another tab")(
    labeling_tools.details)
row("labels that are imported are told of also after the dialog is closed, and a review says what it would submit")(
    labeling_tools.imports)
row("suggestions: accepted by a key, deleted for good, taken back, dismissed over a reload, submitted")(
    labeling_tools.suggestions)
row("a duplicate, a template box, a lock that deleting all respects, and boxes that are hidden")(labeling_tools.tools)
row("the history brings back what was deleted, and says what each version holds")(labeling_tools.history)
row("Tab leaves the photo behind its last box, and a tag pressed by pointer leaves Enter to the photo")(
    labeling_tools.keyboard)
row("a finger draws a box")(labeling_tools.touch)


@row("the console stayed silent")
def _(studio):
    assert not studio.problems, "\n".join(studio.problems)


def main(program, artefacts):
    studio = Studio(program, artefacts)
    try:
        run_rows(studio)
    finally:
        studio.close()


main(*sys.argv[1:])
