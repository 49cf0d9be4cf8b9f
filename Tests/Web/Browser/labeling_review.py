"""Rows of labeling.py about verdicts: many photos in the list, and one after the other."""

import uuid

from studio import expect

from stage import tasks
from walk import late_answers, wait


def verdicts(studio):
    page = studio.page
    submitted = tasks(studio, "&state=submitted")
    studio.open(f"/projects/{studio.project}/data?state=submitted")
    cells = page.locator("photo-grid .cell")
    expect(cells).to_have_count(len(submitted))
    with late_answers(page):
        cells.nth(0).click()
        page.keyboard.press("a")
        cells.nth(1).click()
        page.keyboard.press("r")
        expect(page.get_by_role("dialog", name="Reject 1 photo")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_text("1 photo approved.")).to_be_visible()
    expect(page.get_by_text("1 chosen")).to_be_visible()
    expect(page.get_by_role("button", name="Open and fix")).to_be_visible()
    studio.call("POST", f"/projects/{studio.project}/tasks:review", {
        "edit": str(uuid.uuid4()), "verdict": "approve", "taskIDs": [submitted[1]["id"]]})
    expect(cells).to_have_count(len(submitted) - 2)
    expect(page.get_by_role("button", name="Open and fix")).to_have_count(0)
    assert len(tasks(studio, "&state=approved")) == 2


def looking_through(studio):
    page = studio.page
    submitted, before = tasks(studio, "&state=submitted"), len(tasks(studio, "&state=approved"))
    first, second, third = [task["photo"]["name"] for task in submitted][:3]
    name = page.locator(".labeling-name")
    studio.open(f"/projects/{studio.project}/data?state=submitted")
    page.locator("photo-grid .cell").first.dblclick()
    expect(name).to_have_text(first)
    approved = page.get_by_role("button", name="Approve")
    expect(approved).to_be_enabled()
    with late_answers(page):
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(name).to_have_text(second)
        page.wait_for_timeout(600)
        expect(name).to_have_text(second)
        assert len(tasks(studio, "&state=approved")) == before + 1
        # Whoever goes on by hand before the answer is not taken further by it.
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(600)
    expect(name).to_have_text(third)
    assert len(tasks(studio, "&state=approved")) == before + 2
    page.get_by_role("button", name="Reject").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is wrong").fill("The banana is missing.")
    refusal = {"error": {"code": "busy", "message": "Not just now."}}
    studio.is_refusal_expected = True
    page.route("**/tasks:review", lambda route: route.fulfill(status=409, json=refusal))
    dialog.get_by_role("button", name="Reject").click()
    expect(dialog.get_by_text("Not just now.")).to_be_visible()
    expect(dialog.get_by_label("What is wrong")).to_have_value("The banana is missing.")
    page.unroute("**/tasks:review")
    studio.is_refusal_expected = False
    dialog.get_by_role("button", name="Reject").click()
    expect(name).not_to_have_text(third)
    [rejected] = tasks(studio, "&state=rejected")
    assert (rejected["photo"]["name"], rejected["review"]["words"]) == (third, "The banana is missing."), rejected
    studio.open(f"/label/{studio.project}")
    expect(page.get_by_text("The banana is missing.").first).to_be_visible()
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    wait(lambda: len(tasks(studio, "&state=submitted")) == len(submitted) - 2, "the photo is submitted again")
