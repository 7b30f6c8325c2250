"""What the catalogue leans on, as text or records."""

import json
import textwrap
from collections.abc import Sequence

from decide.answers.leaning import Leaning, Record
from decide.report.tables import rows_as, table
from decide.report.terminal import wrap

SHOWN = 5
"""Sources of each kind in the first view."""


def render(found: Leaning, form: str, *, stale: bool = False, thin: bool = False, everything: bool = False) -> str:
    """In one of the formats: the sources, or the prices that were asked for."""
    if form == "json":
        return json.dumps(found.to_dict(), indent=2, ensure_ascii=False)
    listed = [*(found.stale if stale else []), *(found.thin if thin else [])]
    if form != "table":
        return rows_as(listed if stale or thin else found.sources, form)
    parts = []
    if stale:
        parts.append(_prices(found.stale, f"Prices older than {found.stale_after:g} years"))
    if thin:
        parts.append(_prices(found.thin, "Prices that are one seller's or page's word"))
    if not stale and not thin:
        parts.append(_sources(found, everything))
    parts += [_summary(found.kinds, "kind"), _summary(found.interests, "stands"), wrap(_counts(found))]
    return "\n\n".join(part for part in parts if part)


def _sources(found: Leaning, everything: bool) -> str:
    if not found.sources:
        return "No source is of that kind."
    rows = []
    for group in found.kinds:
        mine = [r for r in found.sources if r["kind"] == group["kind"]]
        shown = mine if everything else mine[:SHOWN]
        rows += [
            [
                textwrap.fill(r["source"], 32),
                r["kind"],
                "?" if r["year"] is None else r["year"],
                r["facts"],
                f"{r['share_percent']:.1f}%",
                textwrap.fill(r["interest"] or r["stands"], 26),
            ]
            for r in shown
        ]
        if len(shown) < len(mine):
            rows.append([f"… {len(mine) - len(shown)} more", "", "", "", "", ""])
    align = ("left", "left", "right", "right", "right", "left")
    text = table(rows, ["source", "kind", "year", "facts", "share", "interest"], align)
    cut = any(str(row[0]).startswith("…") for row in rows)
    return text + ("\n\n--all lists every source." if cut else "")


def _summary(sums: Sequence[Record], key: str) -> str:
    rows = [
        [
            r[key],
            r["sources"],
            r["facts"],
            f"{r['share_percent']:.1f}%",
            r["stand_to_gain"],
            "?" if r["first_year"] is None else f"{r['first_year']}–{r['last_year']}",
        ]
        for r in sums
    ]
    head = {"kind": "by kind", "stands": "by interest"}[key]
    align = ("left", "right", "right", "right", "right", "left")
    return table(rows, [head, "sources", "facts", "share", "stand to gain", "years"], align) if rows else ""


def _counts(found: Leaning) -> str:
    return (
        f"{len(found.sources)} sources carry {sum(r['facts'] for r in found.sources):,} of the {found.facts:,} facts "
        f"of catalogue {found.edition} that name one. {len(found.stale)} of their {found.prices} prices are "
        f"older than {found.stale_after:g} years (--stale). Of {found.pairs} treatments priced in a market, "
        f"{len(found.thin)} have one of these as the only source (--thin)."
    )


def _prices(records: Sequence[Record], title: str) -> str:
    if not records:
        return f"{title}: none."
    rows = [
        [
            r["market"],
            textwrap.fill(r["procedure"], 26),
            textwrap.fill(r["unit"], 12),
            f"{r['low']:,g}" if r["low"] == r["high"] else f"{r['low']:,g}–{r['high']:,g}",
            r["year"],
            textwrap.fill(r["source"], 30),
        ]
        for r in records
    ]
    return f"{title}:\n\n{table(rows, ['', 'procedure', 'unit', 'price', 'year', 'source'])}"
