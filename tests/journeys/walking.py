"""Somebody at a desk or with a phone, whose every page is looked at before the next step."""

import re
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from playwright.sync_api import expect

from tests.journeys.watched import Watched

PICTURES = Path(settings.BASE_DIR) / "docs" / "pictures"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 760}


class Walk:
    """What a person does in a browser; each step looks at its page before going on."""

    def __init__(self, page, address: str, *, has_script: bool, pictures: bool) -> None:
        self.page, self.address = page, address
        self.has_script, self.pictures = has_script, pictures
        self.watched = Watched(page, address)
        self.taps = 0  # on links and buttons
        self.is_in_a_hurry = False  # its pages were looked at before
        self.widths: tuple[int, ...] = ()  # of other screens on which each page is looked at as well

    def look(self, name: str = "") -> None:
        """Nothing for axe, nothing wider than the screen; a picture where the README shows one."""
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        if self.has_script and not self.is_in_a_hurry:
            own = self.page.viewport_size
            for size in (*({**own, "width": width} for width in self.widths), own):
                self.page.set_viewport_size(size)
                assert (self.page.url, size, self.watched.problems()) == (self.page.url, size, [])
                assert not self.watched.is_wider_than_screen(), (self.page.url, size)
        if name and self.pictures:
            self.page.screenshot(path=PICTURES / f"{name}.png")

    def press(self, name: str | re.Pattern) -> None:
        self._go(self.page.get_by_role("main").get_by_role("button", name=name, exact=isinstance(name, str)))

    def follow(self, name: str | re.Pattern) -> None:
        """A link, also one that looks like a button."""
        main, named = self.page.get_by_role("main"), {"name": name, "exact": isinstance(name, str)}
        as_button = main.get_by_role("button", **named).and_(self.page.locator("a"))
        self._go(main.get_by_role("link", **named).or_(as_button))

    def follow_back(self, name: str) -> None:
        """The link above the page, to where it belongs."""
        self._go(self.page.get_by_role("link", name=name, exact=True))

    def _go(self, found) -> None:
        self.taps += 1
        with self.page.expect_navigation():
            found.first.click()

    def say(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)

    def choose(self, label: str, option: str | re.Pattern) -> None:
        """Choose the first option that fits."""
        field = self.page.get_by_label(label, exact=True)
        words = next(text for text in field.locator("option").all_inner_texts() if re.search(option, text))
        field.select_option(label=words)

    def see(self, words: str | re.Pattern) -> None:
        expect(self.page.get_by_role("main").get_by_text(words).first).to_be_visible()


@contextmanager
def in_a_hurry(*walks: Walk):
    """Once more on a way whose pages were looked at before."""
    for walk in walks:
        walk.is_in_a_hurry = True
    yield
    for walk in walks:
        walk.is_in_a_hurry = False
