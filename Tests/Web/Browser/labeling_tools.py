"""Rows of labeling.py about one photo's tools: suggestions, template, lock, history, keyboard, touch."""

import json
import re

from studio import expect

import photos
from stage import annotations, current, draw, late_frames, near, on_screen, tasks
from walk import choose_files, late_answers, wait

HIDDEN_CORNER = (20, 360, 80, 420)
"""A box where no photo of the walk shows anything."""


def truth(count):
    """A COCO file that says what all photos show."""
    images, found = [], []
    for number in range(count):
        images.append({"id": number + 1, "file_name": f"fruit-{number}.png", "width": photos.WIDTH,
                       "height": photos.HEIGHT})
        for category, (_, left, top, right, bottom) in enumerate(photos.placed(number), 1):
            found.append({"id": len(found) + 1, "image_id": number + 1, "category_id": category, "iscrowd": 0,
                          "bbox": [left, top, right - left, bottom - top], "area": (right - left) * (bottom - top)})
    categories = [{"id": 1, "name": "apple"}, {"id": 2, "name": "banana"}]
    return json.dumps({"images": images, "annotations": found, "categories": categories})


def suggested(studio, count):
    expect(studio.page.get_by_role("heading", name=f"Suggestions ({count})")).to_be_visible()


def project_with(studio, name, categories):
    project = studio.call("POST", f"/datasets/{studio.dataset}/projects", {"name": name})["id"]
    for category in categories:
        studio.call("POST", f"/projects/{project}/categories", {"name": category})
    return project


def details(studio):
    page = studio.page
    project = project_with(studio, "label kinds", ["apple", "banana", "cherry"])
    studio.open(f"/projects/{project}/details")
    up = page.get_by_role("button", name="Move cherry up")
    up.focus()
    with late_answers(page):
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(up).to_be_disabled()
    names = [category["name"] for category in studio.call("GET", f"/projects/{project}")["categories"]]
    assert names == ["cherry", "apple", "banana"], names
    expect(page.get_by_role("button", name="Change cherry")).to_be_focused()
    page.get_by_role("button", name="Move banana up").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".list-row").nth(1)).to_contain_text("banana")
    expect(page.get_by_role("button", name="Move banana up")).to_be_focused()
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Markdown").fill("Draw close to the skin.")
    page.get_by_role("link", name="Dashboard").click()
    expect(page.get_by_label("Markdown")).to_have_count(0)
    page.go_back()
    expect(page.get_by_label("Markdown")).to_have_value("Draw close to the skin.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Markdown")).to_have_count(0)
    assert studio.call("GET", f"/projects/{project}")["instructions"] == "Draw close to the skin."


def imports(studio):
    page = studio.page
    count = len(tasks(studio))
    project = studio.project = project_with(studio, "label again", ["apple", "banana"])
    studio.call("POST", f"/projects/{project}:start", {})
    studio.open(f"/projects/{project}")
    page.get_by_role("button", name="Import").click()
    dialog = page.get_by_role("dialog")
    choose_files(studio, dialog.get_by_role("button", name="Choose a file"), {
        "name": "truth.json", "mimeType": "application/json", "buffer": truth(count).encode()})
    dialog.get_by_label("Suggestions").check()
    with late_answers(page):
        dialog.get_by_role("button", name="Import").click()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(page.get_by_text(f"{2 * count} labels of {count} photos imported.")).to_be_visible()
    studio.open(f"/label/{project}/{tasks(studio)[0]['id']}?review=1&at=0")
    suggested(studio, 2)
    expect(page.get_by_role("button", name="Accept 2 and submit")).to_be_visible()
    expect(page.get_by_role("button", name="Submit without suggestions")).to_be_visible()


def suggestions(studio):
    page = studio.page
    studio.open(f"/label/{studio.project}")
    suggested(studio, 2)
    page.keyboard.press("e")
    accepted = annotations(studio, 1)
    assert accepted[0]["from"] == "suggestion", accepted
    suggested(studio, 1)
    page.get_by_role("button", name=re.compile(r"^Delete (apple|banana) 1$")).click()
    wait(lambda: [item["id"] for item in current(studio).get("dismissed", [])] == [accepted[0]["id"]], "the dismissal")
    suggested(studio, 1)
    page.keyboard.press("Control+z")
    annotations(studio, 1)
    page.keyboard.press("Control+z")
    suggested(studio, 2)
    wait(lambda: current(studio)["suggestionCount"] == 2 and not current(studio)["annotations"], "both are open again")
    page.keyboard.press("x")
    wait(lambda: current(studio)["suggestionCount"] == 1, "the dismissal by a key")
    page.reload()
    suggested(studio, 1)
    studio.shot("labeling-suggestion")
    # Enter takes what is seen: the one that is still open.
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    done = wait(lambda: tasks(studio, "&state=submitted"), "the submitted photo")
    assert len(done) == 1 and len(done[0]["annotations"]) == 1, done


def tools(studio):
    page = studio.page
    suggested(studio, 2)
    page.keyboard.press("1")
    draw(studio, HIDDEN_CORNER)
    annotations(studio, 1)
    page.keyboard.press("Control+d")
    both = annotations(studio, 2)
    widths = [item["box"]["xMax"] - item["box"]["xMin"] for item in both]
    assert abs(widths[0] - widths[1]) < 0.5 and both[0]["box"] != both[1]["box"], both
    page.keyboard.press("Escape")
    # The click comes before any frame has shown the tool.
    with late_frames(page):
        page.keyboard.press("t")
        page.mouse.click(*on_screen(studio, 300, 60))
        placed = annotations(studio, 3)[2]["box"]
    expect(page.get_by_role("heading", name="Boxes (3)")).to_be_visible()
    studio.shot("labeling-template")
    assert near(placed, (270, 30, 330, 90)), placed
    page.keyboard.press("l")
    wait(lambda: current(studio)["annotations"][2].get("isLocked"), "the lock")
    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Show boxes")).to_be_visible()
    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Hide boxes")).to_be_visible()
    page.keyboard.press("Control+Delete")
    assert annotations(studio, 1)[0]["isLocked"], "the locked box is gone"


def history(studio):
    page = studio.page
    page.get_by_role("button", name="History of this photo").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("3 apple").first).to_be_visible()
    studio.shot("labeling-history")
    dialog.get_by_role("button", name="Go back to this").first.click()
    annotations(studio, 3)
    notice = page.get_by_text("The earlier version is back.").first
    expect(notice).to_be_visible()
    # It lies over the photo, and a press there means the photo.
    place = notice.bounding_box()
    page.keyboard.press("r")
    page.mouse.move(place["x"] + 2, place["y"] + 2)
    page.mouse.down()
    page.mouse.move(place["x"] + 90, place["y"] + 60, steps=4)
    page.mouse.up()
    annotations(studio, 4)
    page.keyboard.press("Control+z")
    annotations(studio, 3)


def keyboard(studio):
    page = studio.page
    expect(page.get_by_role("heading", name="Boxes (3)")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.locator("photo-canvas").focus()
    on_photo = "document.activeElement.localName === 'photo-canvas'"
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate(on_photo)
    page.keyboard.press("Tab")
    assert not page.evaluate(on_photo), "the photo keeps the focus for ever"
    # The last box is locked: the tag of the one before it is changed. A tag pressed by pointer gives the keys back to the
    # photo, because Enter would press the tag again.
    page.locator("photo-canvas").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(on_photo)
    page.get_by_role("group", name="Tags").get_by_role("button", name="banana").click()
    assert page.evaluate(on_photo)
    wait(lambda: len({item["categoryID"] for item in current(studio)["annotations"]}) == 2, "the other tag")


def touch(studio):
    studio.open(f"/projects/{studio.project}")
    page = studio.open_page(has_touch=True, storage_state=studio.page.context.storage_state())
    page.goto(f"{studio.house.url}/label/{studio.project}")
    expect(page.locator("photo-canvas")).to_be_visible()
    expect(page.locator(".counter")).to_be_visible()
    page.wait_for_timeout(500)
    before = len(current(studio, page)["annotations"])
    session = page.context.new_cdp_session(page)

    def fingers(kind, *points):
        places = [on_screen(studio, x, y, page) for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in places]})

    left, top, right, bottom = 560, 400, 620, 460
    fingers("touchStart", (left, top))
    for step in (0.25, 0.5, 0.75, 1):
        fingers("touchMove", (left + step * (right - left), top + step * (bottom - top)))
    fingers("touchEnd")
    drawn = wait(lambda: current(studio, page)["annotations"][before:], "the box of the finger")
    assert near(drawn[0]["box"], (left, top, right, bottom)), drawn
    studio.shot("labeling-touch", page)
    page.context.close()
