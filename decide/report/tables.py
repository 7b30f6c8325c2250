"""Tables of characters, and records as CSV or Markdown."""

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

from tabulate import tabulate

from decide.report.words import plain

WIDTH = 100
NARROWEST = 60
"""No table is pressed into fewer columns than this."""
GAP = 2


def _reach(text: str) -> int:
    """How wide a line may become: in ASCII some signs are spelt out."""
    return len(text) if text.isascii() else max(len(text), len(plain(text)))


def _needs(text: str, longest: int) -> int:
    """The narrowest column that breaks no word of a text, except very long ones."""
    words = (part for word in text.split() for part in (word.split("-") if _reach(word) > longest else (word,)))
    return min(max((_reach(word) + 1 for word in words), default=1) - 1, longest)


def table(
    rows: Sequence[Sequence[object]], headers: Sequence[str], align: Sequence[str] = (), width: int = WIDTH
) -> str:
    """Rows under headers and a rule, within a width: the widest columns are wrapped until it fits."""
    cells = [[str(cell) for cell in row] for row in rows]
    columns = list(zip(headers, *cells, strict=True))
    wide = [max((_reach(line) for cell in column[1:] for line in cell.splitlines()), default=0) for column in columns]
    # a long word (the id of a study) may be broken where nothing else helps
    least = [max((_needs(cell, 24) for cell in column), default=0) for column in columns]
    wide = [max(pair) for pair in zip(wide, (_needs(head, 24) for head in headers), strict=True)]
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
    return "\n".join(line.rstrip() for line in str(text).splitlines())


def _wrapped(cell: str, width: int) -> str:
    """A cell within a width, what ASCII spells out counted at its full length; a long word breaks at its hyphens."""
    if not cell or max(map(_reach, cell.splitlines())) <= width:
        return cell
    lines = [""]
    for word in cell.split():
        for k, piece in enumerate(_pieces(word, width)):
            longer = f"{lines[-1]}{' ' if lines[-1] and not k else ''}{piece}"
            if _reach(longer) <= width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(piece)
    return "\n".join(lines)


def _pieces(word: str, width: int) -> list[str]:
    """A word, in parts where it is wider than a column."""
    if _reach(word) <= width:
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
