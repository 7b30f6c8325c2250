"""The page on first places: who came first at first, after the facts were mended, and now; and why.

What was stands in first-places.toml, recorded once; what is comes from the program.
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
HEAD = """# First places, before and after

At first: the facts of edition {edition}. Mended: the same ranking by expected improvement, after the facts were
mended. Now: gains over doing nothing, kinds apart, and the facts as they stand. Every concern and kind, in every
market, for a person who says nothing else, with default settings. Figures are the improvement (now: the gain) on
the concern's scale, stars, and the cost of a course in the market's money. The reasons are written by hand in
`docs/first-places.toml`, the rest by `python docs/generate.py`; do not edit this page.

What all gains have in common: a figure is less by what a dummy does; what is known from other kinds or from series
alone is less sure, and its stars say so; what has no figure is not ranked; proof, speed and durability count only
with a gain.
"""


def places_page(catalog: Catalog) -> str:
    """docs/first-places.md: a table for each concern, and the reasons below it."""
    former = tomllib.loads(FORMER.read_text("utf-8"))
    parts = [HEAD.format(edition=former["edition"])]
    changed = 0
    for concern in catalog.concerns.values():
        kinds = {"": "not said"} | {kind.id: kind.name.lower() for kind in concern.subtype}
        rows, mended, gained = [], dict[str, None](), dict[str, None]()
        for was in (p for p in former["place"] if p["concern"] == concern.id and p["kind"] in kinds):
            now = first_place(catalog, concern.id, was["kind"], was["market"])
            told = _told(now) if now else {"id": "", "name": "nothing has a figure that beats doing nothing"}
            changed += told["id"] != was["mended"]["id"]
            cells = " | ".join(
                _cell(one, before)
                for one, before in ((was["first"], None), (was["mended"], was["first"]), (told, was["mended"]))
            )
            rows.append(f"| {kinds[was['kind']]} | {was['market']} | {cells} |")
            mended |= dict.fromkeys(reasons_for(former["reason"], was))
            gained |= dict.fromkeys(reasons_for(former["gain"], was))
        parts.append(f"## {concern.name}\n")
        parts.append("| kind | market | at first | mended | now |\n|---|---|---|---|---|\n" + "\n".join(rows) + "\n")
        parts.append("Now:\n\n" + "\n".join(f"- {reason}" for reason in gained) + "\n")
        parts.append("When the facts were mended:\n\n" + "\n".join(f"- {reason}" for reason in mended) + "\n")
    parts.insert(1, f"{changed} of {len(former['place'])} first places are others than with the mended facts.\n")
    return "\n".join(parts)


def _cell(one: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    """A first place with its figures; in bold where it is another than before."""
    name = one["name"] if before is None or one["id"] == before["id"] else f"**{one['name']}**"
    return f"{name}, {_figures(one)}" if "stars" in one else name


def first_place(catalog: Catalog, concern: str, kind: str, market: str) -> Ranked | None:
    """Who comes first now."""
    request = request_of(catalog, concerns=concern, subtype=kind or None)
    return rank(Problem.of(catalog, request, Preferences(market=market))).best


def reasons_for(reasons: list[Mapping[str, Any]], place: Mapping[str, Any]) -> Iterator[str]:
    """The reasons written for a place: those of its concern that name no other kind or market."""
    for reason in reasons:
        if all(reason.get(key, place[key]) == place[key] for key in ("concern", "kind", "market")):
            yield reason["text"]


def _told(row: Ranked) -> dict[str, Any]:
    return {
        "id": row.option.id,
        "name": row.option.name,
        "benefit": row["benefit"].typical,
        "stars": row.stars,
        "cost": row.option.cost.total.typical,
    }


def _figures(told: Mapping[str, Any]) -> str:
    return f"{told['benefit']:.0f}, {'★' * told['stars'] or 'no star'}, {told['cost']:,.0f}"
