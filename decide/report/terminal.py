"""Blocks as text for a terminal."""

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from decide.report.blocks import Block, Items, Pairs, Plot, Table, Text, Title
from decide.report.tables import NARROWEST, WIDTH, table
from decide.report.words import TALK, plain

OPTIONS = 6
"""Options of a ranking that are shown unless all are asked for."""


class Screen(NamedTuple):
    """Where a text is read: how wide it is, whether it shows nothing but ASCII, and whether all is told at length."""

    width: int = WIDTH
    ascii: bool = False
    whole: bool = False

    @classmethod
    def here(cls, file: str | None, *, whole: bool = False) -> "Screen":
        """The terminal's own width, no wider than is read with ease, and its signs; a file takes any."""
        if file and file != "-":
            return cls(whole=whole)
        encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
        columns = shutil.get_terminal_size((WIDTH, 24)).columns if sys.stdout.isatty() else WIDTH
        return cls(min(max(columns, NARROWEST), WIDTH), encoding != "utf8", whole)


def wrap(text: str, indent: str = "", within: int = WIDTH) -> str:
    """A paragraph within a width."""
    return textwrap.fill(
        text, within, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def written(blocks: Iterable[Block], screen: Screen = Screen()) -> str:
    """All blocks, an empty line between them, and the last line of every answer."""
    shown = (spelt(block) for block in blocks) if screen.ascii else blocks
    return "\n\n".join([*(_WRITERS[type(block)](block, screen.width) for block in shown), wrap(TALK, "", screen.width)])


def spelt(block: Block) -> Block:
    """A block in ASCII, before it is laid out: signs may take more room when they are spelt out."""
    spelt_out: dict[str, Any] = {name: _spelt(part) for name, part in block._asdict().items()}
    return block._replace(**spelt_out)


def _spelt(part: object) -> object:
    if isinstance(part, str):
        return plain(part)
    return tuple(map(_spelt, part)) if isinstance(part, tuple) else part


def _title(block: Title, within: int) -> str:
    return wrap(block.text, "", within)


def _text(block: Text, within: int) -> str:
    return "\n".join(wrap(line, "", within) for line in block.lines)


def _table(block: Table, within: int) -> str:
    rest = ("left",) * (len(block.columns) - 1)
    text = table(block.rows, block.columns, ("right" if block.numbered else "left", *rest), within)
    return text if max(map(len, text.splitlines())) <= within else _stacked(block, within)


def _stacked(block: Table, within: int) -> str:
    """A table that is too wide, one row under the other: its first cells, then each other cell with its heading."""
    lead = 2 if block.numbered else 1
    lines = []
    for row in block.rows:
        if len(row) == 1 < len(block.columns):
            lines.append(wrap(f"── {row[0]} ──", "", within))
            continue
        rest = [f"{head} {cell}".strip() for head, cell in zip(block.columns[lead:], row[lead:], strict=False) if cell]
        if len(row) == len(block.columns):
            lines.append(wrap("  ".join(filter(None, row[:lead])), "", within))
        lines += [wrap(" · ".join(rest or row[1:]), "    ", within)] if rest or row[1:] else []
    return "\n".join(lines)


def _pairs(block: Pairs, within: int) -> str:
    """Labels beside what they stand for."""
    room = max(len(label) for label, _ in block.lines) + 2
    return "\n".join(
        textwrap.fill(
            says, within, initial_indent=label.ljust(room), subsequent_indent=" " * room, break_long_words=False,
            break_on_hyphens=False,
        )
        for label, says in block.lines
    )  # fmt: skip


def _items(block: Items, within: int) -> str:
    hung = ["  " + wrap(line, "    ", within).lstrip() for line in block.lines]
    return "\n".join([*([f"{block.title}:" if block.lines else block.title] if block.title else []), *hung])


def _plot(block: Plot, within: int) -> str:
    return block.text


_WRITERS: dict[type, Callable[..., str]] = {
    Title: _title,
    Text: _text,
    Table: _table,
    Items: _items,
    Pairs: _pairs,
    Plot: _plot,
}
