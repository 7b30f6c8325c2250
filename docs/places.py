"""The page on first places: who came first before the facts were mended, who comes first now, and why.

What was stands in first-places.toml, recorded once from the facts as they were; what is comes from the program.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranked
from decide.catalog import Catalog
from decide.question.build import request_of
from decide.question.problem import Preferences, Problem

FORMER = Path(__file__).parent / "first-places.toml"
HEAD = """# What the mending of the facts changed in first places

Before: the facts of edition {edition}. After: the facts as they stand. Every concern and kind, in every
market, for a person who says nothing else, with default settings. Figures are the benefit on the concern's scale,
stars, and the cost of a course in the market's money. The reasons are written by hand in
`docs/first-places.toml`, the rest by `python docs/generate.py`; do not edit this page.
"""


def places_page(catalog: Catalog) -> str:
    """docs/first-places.md: a table for each concern, and the reasons below it."""
    former = tomllib.loads(FORMER.read_text("utf-8"))
    parts = [HEAD.format(edition=former["edition"])]
    changed = 0
    for concern in catalog.concerns.values():
        kinds = {"": "the whole"} | {kind.id: kind.name.lower() for kind in concern.subtype}
        rows, reasons = [], dict[str, None]()
        for was in (p for p in former["place"] if p["concern"] == concern.id and p["kind"] in kinds):
            now = first_place(catalog, concern.id, was["kind"], was["market"])
            same = now is not None and str(now.option.id) == was["id"]
            changed += not same
            after = "the same" if same and now else now.option.name if now else "nothing"
            rows.append(
                f"| {kinds[was['kind']]} | {was['market']} | {was['name']} | {_figures(was)} | "
                f"{after if same else f'**{after}**'} | {_figures(_told(now)) if now else ''} |"
            )
            reasons |= dict.fromkeys(reasons_for(former["reason"], was))
        parts.append(f"## {concern.name}\n")
        parts.append("| kind | market | before | | after | |\n|---|---|---|---|---|---|\n" + "\n".join(rows) + "\n")
        parts.append("\n".join(f"- {reason}" for reason in reasons) + "\n")
    parts.insert(1, f"{changed} of {len(former['place'])} first places changed.\n")
    return "\n".join(parts)


def first_place(catalog: Catalog, concern: str, kind: str, market: str) -> Ranked | None:
    """Who comes first now."""
    request = request_of(catalog, concerns=concern, subtype=kind or None)
    rows = rank(Problem.of(catalog, request, Preferences(market=market))).rows
    return rows[0] if rows else None


def reasons_for(reasons: list[Mapping[str, Any]], place: Mapping[str, Any]) -> Iterator[str]:
    """The reasons written for a place: those of its concern that name no other kind or market."""
    for reason in reasons:
        if all(reason.get(key, place[key]) == place[key] for key in ("concern", "kind", "market")):
            yield reason["text"]


def _told(row: Ranked) -> dict[str, Any]:
    return {"benefit": row["benefit"].typical, "stars": row.stars, "cost": row.option.cost.total.typical}


def _figures(told: Mapping[str, Any]) -> str:
    return f"{told['benefit']:.0f}, {'★' * told['stars'] or 'no star'}, {told['cost']:,.0f}"
