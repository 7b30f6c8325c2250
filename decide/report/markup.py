"""HTML from Python values: every text is escaped on its way in, and only an element is let through as it is."""

from collections.abc import Iterable
from html import escape


class Element(str):
    """Finished HTML."""

    __slots__ = ()


Child = str | None | Iterable["Child"]
EMPTY = frozenset({"meta", "br", "hr", "img", "col", "link"})


def el(tag: str, *children: "Child", **attributes: str | int | None) -> Element:
    """An element: `el("p", "a < b", class_="note")`. A trailing `_` is dropped from a name, other `_` become `-`."""
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in EMPTY:
        return Element(f"<{tag}{said}>")
    return Element(f"<{tag}{said}>{join(*children)}</{tag}>")


def join(*children: "Child") -> Element:
    """Children one after the other, each text escaped."""
    return Element("".join(_text(child) for child in children))


def raw(html: str) -> Element:
    """HTML made elsewhere, by code that escapes: a chart's SVG, a style sheet."""
    return Element(html)


def _text(child: "Child") -> str:
    if child is None:
        return ""
    if isinstance(child, Element):
        return child
    if isinstance(child, str):
        return escape(child, quote=False)
    return "".join(_text(item) for item in child)
