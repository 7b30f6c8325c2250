"""Tables of characters, and records as CSV or Markdown."""

import csv
import io
import json
import re
import textwrap
from collections.abc import Sequence
from typing import Any

from tabulate import tabulate

WIDTH = 100
NARROWEST = 60
"""No table is pressed into fewer columns than this."""
GAP = 2
REMARK = "    "
ACROSS = 0xE000
"""Signs of private use stand for rows across the table while it is laid out."""
LONGEST = 16
"""A longer word (the id of a study) may be broken at its hyphens where a table would not fit."""


def _needs(text: str, longest: int) -> int:
    """The narrowest column that breaks no word of a text, except very long ones."""
    words = (part for word in text.split() for part in (word.split("-") if len(word) > longest else (word,)))
    return min(max((len(word) + 1 for word in words), default=1) - 1, longest)


def table(
    rows: Sequence[Sequence[object]], headers: Sequence[str], align: Sequence[str] = (), width: int = WIDTH
) -> str:
    """Rows under headers and a rule, within a width: the widest columns are wrapped until it fits. A row of one cell
    stands across all columns, one of two is a remark on the row above it.
    """
    across = {chr(ACROSS + k): row for k, row in enumerate(rows) if len(row) < min(3, len(headers))}
    marked = zip(rows, (chr(ACROSS + k) for k in range(len(rows))), strict=True)
    cells = [[m, *[""] * (len(headers) - 1)] if m in across else [str(cell) for cell in row] for row, m in marked]
    columns = list(zip(headers, *cells, strict=True))
    wide = [max((len(line) for cell in column[1:] for line in cell.splitlines()), default=0) for column in columns]
    least = [max((_needs(cell, LONGEST) for cell in column), default=0) for column in columns]
    wide = [max(pair) for pair in zip(wide, (_needs(head, LONGEST) for head in headers), strict=True)]
    room = max(width, NARROWEST) - GAP * (len(columns) - 1)
    while sum(wide) > room:
        able = [k for k in range(len(columns)) if wide[k] > least[k]]
        if not able:
            break
        wide[max(able, key=lambda k: wide[k] - least[k] / 2)] -= 1
    shown = [[_wrapped(cell, wide[k]) for k, cell in enumerate(row)] for row in (list(headers), *cells)]
    widths = [max((len(line) for row in shown for line in row[k].splitlines()), default=0) for k in range(len(columns))]
    text = tabulate(
        [shown[0], ["-" * w for w in widths], *shown[1:]],
        tablefmt="plain",
        disable_numparse=True,
        colalign=tuple(align) or ("left",) * len(headers),
    )
    lines = (line.rstrip() for line in str(text).splitlines())
    within = max(width, NARROWEST)
    told = (across.get(line.strip()) for line in str(text).splitlines())
    return "\n".join(line if said is None else _across(said, within) for line, said in zip(lines, told, strict=True))


def _across(row: Sequence[object], width: int) -> str:
    if len(row) == 1:
        return "\n".join(textwrap.wrap(f"── {row[0]} ──", width))
    return textwrap.fill(str(row[1]), width, initial_indent=REMARK, subsequent_indent=REMARK)


def _wrapped(cell: str, width: int) -> str:
    """A cell within a width; a long word breaks at its hyphens."""
    if not cell or max(map(len, cell.splitlines())) <= width:
        return cell
    lines = [""]
    for word in cell.split():
        for k, piece in enumerate(_pieces(word, width)):
            longer = f"{lines[-1]}{' ' if lines[-1] and not k else ''}{piece}"
            if len(longer) <= width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(piece)
    return "\n".join(lines)


def _pieces(word: str, width: int) -> list[str]:
    """A word, in parts where it is wider than a column."""
    if len(word) <= width:
        return [word]
    parts = re.findall(r"[^-]+-?|-", word)
    return [part[i : i + width] for part in parts for i in range(0, len(part), width)]


def rows_as(records: Sequence[dict[str, Any]], form: str) -> str:
    """Flat records as JSON, CSV, Markdown or a page."""
    headers = list(dict.fromkeys(key for record in records for key in record))
    if form == "json":
        return json.dumps(list(records), indent=2, ensure_ascii=False)
    if form == "csv":
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, headers, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
        return buffer.getvalue()
    rows = [["" if record.get(h) is None else str(record.get(h)) for h in headers] for record in records]
    if form == "html":
        from decide.report.html import page

        return page("records.html", title="decide", headers=headers, rows=rows)
    return str(tabulate(rows, headers=headers, tablefmt="github", disable_numparse=True))


def records_as(records: Sequence[dict[str, Any]], form: str) -> str:
    """What the catalogue holds, in any form; in a terminal without the links."""
    if form != "table":
        return rows_as(records, form)
    headers = [h for h in (records[0] if records else {}) if h != "link"]
    return table([["" if r[h] is None else r[h] for h in headers] for r in records], headers)
