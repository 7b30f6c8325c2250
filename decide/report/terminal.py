"""Blocks as text for a terminal."""

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable
from typing import Any

from decide.report.blocks import Block, Items, Plot, Table, Text, Title
from decide.report.tables import NARROWEST, WIDTH, table
from decide.report.words import TALK, plain

OPTIONS = 12
"""Options of a ranking that are shown unless all are asked for."""


def width() -> int:
    """The terminal's own width, no wider than is read with ease; a hundred where the text goes elsewhere."""
    if not sys.stdout.isatty():
        return WIDTH
    return min(max(shutil.get_terminal_size((WIDTH, 24)).columns, NARROWEST), WIDTH)


def wrap(text: str, indent: str = "", within: int = WIDTH) -> str:
    """A paragraph within a width; a little narrower where ASCII would spell signs out."""
    room = within - (6 if plain(text) != text else 0)
    return textwrap.fill(
        text, room, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def written(blocks: Iterable[Block], within: int = WIDTH) -> str:
    """All blocks, an empty line between them, and the last line of every answer."""
    return "\n\n".join([*(_WRITERS[type(block)](block, within) for block in blocks), TALK])


def _title(block: Title, within: int) -> str:
    return wrap(block.text, "", within)


def _text(block: Text, within: int) -> str:
    return "\n".join(wrap(line, "", within) for line in block.lines)


def _table(block: Table, within: int) -> str:
    rest = ("left",) * (len(block.columns) - 1)
    return table(block.rows, block.columns, ("right" if block.numbered else "left", *rest), within)


def _items(block: Items, within: int) -> str:
    hung = ["  " + wrap(line, "    ", within).lstrip() for line in block.lines]
    return "\n".join([*([f"{block.title}:" if block.lines else block.title] if block.title else []), *hung])


def _plot(block: Plot, within: int) -> str:
    return block.text


_WRITERS: dict[type, Callable[[Any, int], str]] = {
    Title: _title,
    Text: _text,
    Table: _table,
    Items: _items,
    Plot: _plot,
}
