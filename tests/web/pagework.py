"""A page as a browser without a script sees it: where its links lead, and what its forms send."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qsl, urlsplit

import anyio

Pairs = list[tuple[str, str]]
T = TypeVar("T")


def in_a_thread(work: Callable[..., Awaitable[T]], *given: Any) -> T:
    """What an async function gives, run where no loop runs: a browser leaves one in the thread of the tests."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, work, *given).result()


class Link(NamedTuple):
    """An address with its fields; `picture` for one that only a picture is behind, `door` for a way out."""

    path: str
    fields: Pairs
    picture: bool = False
    door: bool = False


class Sent(NamedTuple):
    """What a form sends as it stands, and where to."""

    name: str
    path: str
    fields: Pairs


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.forms: list[Sent] = []
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._link(given["href"], picture=False, door=given.get("class") == "door")
        elif tag in ("img", "source"):
            self._link(given.get("src") or given.get("srcset", ""), picture=True)
        elif tag == "form":
            self.forms.append(Sent(given.get("id") or given.get("class", ""), given["action"], []))
        elif tag == "input" and given.get("name"):
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if ticked:
                self.forms[-1].fields.append((given["name"], given.get("value", "")))
        elif tag == "select":
            self._select, self._options = given["name"], []
        elif tag == "option":
            self._options.append((given["value"], "selected" in given))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected] or [self._options[0][0]]
            self.forms[-1].fields.append((self._select, chosen[-1]))
            self._select = None

    def _link(self, href: str, *, picture: bool, door: bool = False) -> None:
        parts = urlsplit(href)
        local = ("/static/", "/about", "/docs", "/openapi.json")
        if href.startswith("/") and not href.startswith(local) and href != "/":
            self.links.append(Link(parts.path, parse_qsl(parts.query, keep_blank_values=True), picture, door))
