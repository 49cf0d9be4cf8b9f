"""What the walks through the studio do on its pages."""

import contextlib
import time

from studio import expect


def wait(condition, what, seconds=15):
    """The first value of the condition that counts as true. Playwright's own wait takes any promise for one."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come about in {seconds} s")


@contextlib.contextmanager
def late_answers(page, milliseconds=300):
    """A server that answers so late that a hand is quicker."""
    page.evaluate("""(milliseconds) => {
      const plain = window.fetch
      window.fetch = async (...request) => {
        const answer = await plain(...request)
        await new Promise((done) => setTimeout(done, milliseconds))
        return answer
      }
      window.answerInTime = () => { window.fetch = plain }
    }""", milliseconds)
    try:
        yield
    finally:
        # A page that was left took the lateness with it.
        page.evaluate("window.answerInTime?.()")


def heading(studio, name):
    expect(studio.page.get_by_role("heading", name=name).first).to_be_visible()


def navigate(studio, name):
    studio.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first.click()


def choose_files(studio, button, files):
    with studio.page.expect_file_chooser() as chooser:
        button.click()
    chooser.value.set_files(files)


def add_dataset(studio, name, container):
    navigate(studio, "Datasets")
    page = studio.page
    page.get_by_role("button", name="Add new dataset").first.click()
    page.get_by_label("Name", exact=True).fill(name)
    field = page.get_by_label("Container", exact=True)
    option = next(text for text in field.locator("option").all_inner_texts() if container in text)
    field.select_option(label=option)
    page.get_by_role("button", name="Create dataset").click()
    heading(studio, name)


def wait_for_thumbnails(studio, count=6):
    studio.page.wait_for_function(
        """(count) => [...document.querySelectorAll('photo-grid img')].filter((image) => image.naturalWidth > 0).length
          >= count""", arg=count)
