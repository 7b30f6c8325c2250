"""What a text is laid out in, whatever it is written as: titles, paragraphs, tables, lists, pictures in characters."""

from typing import NamedTuple


class Title(NamedTuple):
    """What is above everything (level 1) or above a part of it."""

    text: str
    level: int = 1


class Text(NamedTuple):
    """Paragraphs that belong together."""

    lines: tuple[str, ...]


class Table(NamedTuple):
    """Rows under headings; `numbered` where the first column is a place. A row of one text stands across the table, one
    of two is a remark on the row above it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbered: bool = False


class Items(NamedTuple):
    """A list under a line of its own."""

    title: str
    lines: tuple[str, ...]


class Pairs(NamedTuple):
    """What each line is about, and what it says."""

    lines: tuple[tuple[str, str], ...]


class Plot(NamedTuple):
    """A picture in characters."""

    text: str


Block = Title | Text | Table | Items | Pairs | Plot


def said(*lines: str) -> list[Block]:
    """Paragraphs, without the empty ones; nothing where all are."""
    kept = tuple(line for line in lines if line)
    return [Text(kept)] if kept else []
