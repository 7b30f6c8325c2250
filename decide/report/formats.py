"""One way out for every format: table, JSON, CSV, Markdown, HTML."""

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tabulate import tabulate

from decide.answers.ranking.result import Ranking
from decide.errors import InputError
from decide.report import shown as _shown  # noqa: F401 - answers print themselves by what it registers
from decide.report.text import ranking_text

if TYPE_CHECKING:
    from decide.catalog import Catalog


def render(answer: Any, form: str, *, everything: bool = False, catalog: "Catalog | None" = None) -> str:
    """An answer, or several, as text in one of the formats; `catalog` is where a report looks up its sources.

    Raises
    ------
    InputError : the answer has no lines to put into CSV or Markdown.
    """
    many = answer if isinstance(answer, list) else [answer]
    if form == "json":
        dumped = [item.to_dict() for item in many]
        return json.dumps(dumped if isinstance(answer, list) else dumped[0], indent=2, ensure_ascii=False)
    if form == "table":
        texts = [
            ranking_text(item, limit=None if everything else 12)
            if isinstance(item, Ranking)
            else _text(item, everything)
            for item in many
        ]
        return ("\n\n" + "─" * 60 + "\n\n").join(texts)
    if form == "html":
        from decide.catalog import load_catalog
        from decide.report.html import report

        return report(answer, catalog or load_catalog())
    if not all(hasattr(item, "records") for item in many):
        raise InputError(f"this answer has no lines to show as {form}", "use --format table or json")
    return rows_as([record for item in many for record in item.records()], form)


def _text(item: Any, everything: bool) -> str:
    text = getattr(item, "text", None)
    return str(text(everything)) if callable(text) else str(item)


def rows_as(records: Sequence[dict[str, Any]], form: str) -> str:
    """Flat records as CSV, Markdown or a page."""
    headers = list(dict.fromkeys(key for record in records for key in record))
    if form == "csv":
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, headers, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
        return buffer.getvalue()
    if form == "html":
        from decide.report.html import records_page

        return records_page(records, headers)
    short = [h for h in headers if not h.startswith("contribution_") and not h.endswith(("_low", "_high", "_basis"))]
    table = [["" if record.get(h) is None else record.get(h) for h in short] for record in records]
    return str(tabulate(table, headers=short, tablefmt="github"))
