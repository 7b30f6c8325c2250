"""Why the first place is first, in a few sentences built from the rows' own figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from decide.catalog import Catalog
from decide.report.words import benefit_phrase, money, stars_phrase

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranked

PLAIN = {
    "benefit": ("helps more", "helps less"),
    "evidence": ("is better proven", "is less proven"),
    "cost": ("costs less", "costs more"),
    "downtime": ("asks fewer days off", "asks more days off"),
    "risk": ("carries less risk", "carries more risk"),
    "speed": ("shows sooner", "shows later"),
    "durability": ("lasts longer", "does not last as long"),
    "effort": ("asks less effort", "asks more effort"),
}


def reasons(catalog: Catalog, rows: Sequence["Ranked"], phrase: str, symbol: str) -> str:
    """One short paragraph on the first place: what it is expected to do, and what puts it ahead of the next."""
    if not rows:
        return ""
    first = rows[0]
    cost = first["cost"]
    opening = (
        f"{first.option.name} comes first: {benefit_phrase(first['benefit'], phrase)}, "
        f"{stars_phrase(first.stars)}, about {money(cost.typical, symbol)} in all."
    )
    if len(rows) == 1:
        return opening
    second = rows[1]
    if first.rank == second.rank:
        return f"{opening} {second.option.name} scores the same."
    gaps = {c: first.contributions[c] - second.contributions[c] for c in catalog.criteria}
    known = [c for c in sorted(gaps, key=lambda c: -abs(gaps[c])) if c in PLAIN]
    ahead = [PLAIN[c][0] for c in known if gaps[c] > 0.004][:3]
    behind = [PLAIN[c][1] for c in known if gaps[c] < -0.004][:2]
    if not ahead:
        return f"{opening} It is a hair ahead of {second.option.name}."
    text = f"{opening} Next to {second.option.name} it {_list(ahead)}"
    return f"{text}, but {_list(behind)}." if behind else f"{text}."


def _list(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
