"""What somebody does on the page, in the words of the tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from playwright.async_api import Locator, Page, expect

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"


@dataclass
class Visitor:
    """A person at the page. ``troubles`` are errors of its scripts and what its security policy stopped."""

    page: Page
    url: str
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda line: self.troubles.append(line.text) if line.type == "error" else None)

    async def opens(self, who: str, channel: str = "") -> None:
        """Open the page as someone, in a channel (by name)."""
        await self.page.goto(f"{self.url}?{urlencode({'as': who, 'in': channel})}")
        await self.page.locator("body[data-ready]").wait_for()

    @property
    def box(self) -> Locator:
        """The message box."""
        return self.page.locator("#box")

    @property
    def feed(self) -> Locator:
        """The messages."""
        return self.page.get_by_role("feed")

    @property
    def modal(self) -> Locator:
        """The window that is open."""
        return self.page.locator("dialog.modal[open]")

    async def types(self, text: str) -> None:
        """Write into the message box and send with Enter."""
        await self.box.fill(text)
        await self.box.press("Escape")
        await self.box.press("Enter")

    async def runs(self, command: str) -> None:
        """Choose a command with the mouse and send it as it stands."""
        await self.page.get_by_role("button", name="Commands", exact=True).click()
        await self.page.get_by_role("menuitem", name=command).click()
        await self.page.get_by_role("button", name="Send").click()

    async def becomes(self, name: str) -> None:
        """Switch to another person with one click."""
        person = self.page.get_by_role("region", name="Be anyone").get_by_role("button", name=name)
        await person.click()
        await expect(person).to_have_attribute("aria-pressed", "true")

    async def sees(self, words: str, seconds: float = 10.0) -> Locator:
        """The newest message with these words, once it is there."""
        message = self.feed.get_by_role("article").filter(has_text=words).last
        await expect(message).to_be_visible(timeout=seconds * 1000)
        return message

    async def travels(self, way: str, seconds: float = 200.0) -> None:
        """Go forward in time with the mouse, and wait until there."""
        await self.page.locator("#now").click()
        await self.page.get_by_role("button", name=way).click()
        await expect(self.page.locator("#halt")).to_be_visible()
        await expect(self.page.locator("#halt")).to_be_hidden(timeout=seconds * 1000)

    async def shows(self, name: str) -> None:
        """Keep a picture of what is on the screen."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


_FOCUSED = """() => {
  const one = document.activeElement;
  const labelled = one.labels ? [...one.labels].map((label) => label.textContent).join(" ") : "";
  return one.getAttribute("aria-label") ?? (labelled || one.textContent || "");
}"""
MOST_TABS = 150


@dataclass
class Keys:
    """Someone who has only a keyboard."""

    page: Page

    async def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            await self.page.keyboard.press(key)
            await self.page.wait_for_timeout(60)

    async def write(self, words: str) -> None:
        """Type words into whatever has the focus."""
        await self.page.keyboard.type(words)

    async def tab_to(self, name: str) -> None:
        """Press Tab until what is called so has the focus (its name begins with ``name``)."""
        await self._until(name, "Tab")

    async def shift_tab_to(self, name: str) -> None:
        """The same, backwards."""
        await self._until(name, "Shift+Tab")

    async def _until(self, name: str, key: str) -> None:
        passed = []
        for _ in range(MOST_TABS):
            await self.page.keyboard.press(key)
            passed.append((await self.page.evaluate(_FOCUSED)).strip()[:40])
            if passed[-1].startswith(name):
                return
        raise AssertionError(f"{key} does not reach {name!r}; it passes {list(dict.fromkeys(passed))}")
