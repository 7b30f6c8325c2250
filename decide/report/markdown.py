"""Blocks as Markdown. Whatever a text holds stays text: nothing in it becomes a mark-up of the page."""

import re
from collections.abc import Callable, Iterable

from decide.report.blocks import Block, Items, Pairs, Plot, Table, Text, Title
from decide.report.words import TALK

SIGNS = re.compile(r"([\\`*_\[\]|~])")
OPENERS = re.compile(r"^(\s*)([+#-]|\d+[.)])(?=\s)")


def safe(text: str) -> str:
    """A text that Markdown shows as it is."""
    text = SIGNS.sub(r"\\\1", " ".join(text.split()))
    text = OPENERS.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def written(blocks: Iterable[Block]) -> str:
    """All blocks, and the last line of every answer."""
    return "\n\n".join([*(_WRITERS[type(block)](block) for block in blocks), TALK])


def _title(block: Title) -> str:
    return f"{'#' * block.level} {safe(block.text)}"


def _text(block: Text) -> str:
    return "\n\n".join(safe(line) for line in block.lines)


def _table(block: Table) -> str:
    wide = len(block.columns)
    rows = (row if len(row) == wide else ("", *row, *[""] * (wide - 2)) for row in block.rows)
    lines = [block.columns, ("---",) * wide, *(tuple(map(safe, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _items(block: Items) -> str:
    title = [f"**{safe(block.title)}**"] if block.title else []
    lines = ["\n".join(f"- {safe(line)}" for line in block.lines)] if block.lines else []
    return "\n\n".join(title + lines)


def _pairs(block: Pairs) -> str:
    return "\n".join(f"- **{safe(label)}:** {safe(says)}" for label, says in block.lines)


def _plot(block: Plot) -> str:
    return f"```\n{block.text}\n```"


_WRITERS: dict[type, Callable[..., str]] = {
    Title: _title,
    Text: _text,
    Table: _table,
    Items: _items,
    Pairs: _pairs,
    Plot: _plot,
}
