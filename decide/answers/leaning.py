"""What the catalogue leans on: sources by kind and interest, prices that have grown old, prices told by one source."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from decide.alternatives.pricing import choose, for_sale, voices
from decide.catalog import Catalog
from decide.catalog.inventory import source_records
from decide.catalog.models import Price

GAINS, NONE, UNKNOWN = "stands to gain", "declares none", "not said"
Record = dict[str, Any]


class Leaning(NamedTuple):
    """Sources that were asked for, their sums by kind and interest, and the prices that call for another look."""

    edition: str
    stale_after: float
    facts: int
    sources: list[Record]
    kinds: list[Record]
    interests: list[Record]
    prices: int
    stale: list[Record]
    pairs: int
    thin: list[Record]

    def to_dict(self) -> Record:
        """Everything, as plain dicts, lists, strings and numbers."""
        return self._asdict()


def leaning(catalog: Catalog, kind: str | None = None, interested: bool = False) -> Leaning:
    """What leans on the sources of a kind, or on those who stand to gain; shares are of the whole catalogue."""
    records = source_records(catalog)
    total = sum(r["facts"] for r in records)
    said = _interests(catalog)
    sources = [
        {
            "source": r["source"],
            "kind": r["kind"],
            "year": r["year"],
            "facts": r["facts"],
            "share_percent": _percent(r["facts"], total),
            "stands": said[r["source"]][0],
            "interest": said[r["source"]][1],
            "title": r["title"],
            "link": r["link"],
        }
        for r in records
    ]
    kinds = list(Counter(r["kind"] for r in sources))
    kinds.sort(key=lambda k: (-sum(r["facts"] for r in sources if r["kind"] == k), k))
    sources = [r for r in sources if (kind is None or r["kind"] == kind) and (not interested or r["stands"] == GAINS)]
    sources.sort(key=lambda r: (kinds.index(r["kind"]), -r["facts"], r["source"]))
    kept = {r["source"] for r in sources}
    everything = [price for m in catalog.markets for prices in catalog.prices(m).values() for price in prices]
    edition = catalog.edition
    thin = list(_thin(catalog))
    return Leaning(
        edition=edition.version,
        stale_after=edition.stale_after_years,
        facts=total,
        sources=sources,
        kinds=_sums(sources, "kind", kinds, total),
        interests=_sums(sources, "stands", (GAINS, NONE, UNKNOWN), total),
        prices=sum(p.source in kept for p in everything),
        stale=[r for r in _stale(catalog, everything) if r["source"] in kept],
        pairs=sum(len(catalog.prices(m)) for m in catalog.markets),
        thin=[r for r in thin if r["source"] in kept],
    )


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def _interests(catalog: Catalog) -> dict[str, tuple[str, str]]:
    """What each source stands to gain, itself or in a study read from it; else whether it declares that it is nothing.

    Of a source without its own word the studies' is taken.
    """
    gains: dict[str, list[str]] = defaultdict(list)
    declared: set[str] = set()
    for concern in catalog.concerns:
        for study in catalog.studies(concern):
            if study.interest and study.interest not in gains[study.source]:
                gains[study.source].append(study.interest)
            if study.declared:
                declared.add(study.source)
    found = {}
    for s in catalog.sources.values():
        words = s.interest or "; ".join(gains[s.id])
        if words:
            found[s.id] = (GAINS, words)
        else:
            found[s.id] = (NONE if s.declared or s.id in declared else UNKNOWN, "")
    return found


def _sums(sources: Sequence[Record], key: str, order: Iterable[str], total: int) -> list[Record]:
    found = []
    for value in order:
        mine = [r for r in sources if r[key] == value]
        if mine:
            facts = sum(r["facts"] for r in mine)
            interested = sum(r["stands"] == GAINS for r in mine)
            years = sorted(r["year"] for r in mine if r["year"] is not None)
            found.append(
                {
                    key: value,
                    "sources": len(mine),
                    "facts": facts,
                    "share_percent": _percent(facts, total),
                    "stand_to_gain": interested,
                    "first_year": years[0] if years else None,
                    "last_year": years[-1] if years else None,
                }
            )
    return found


def _stale(catalog: Catalog, prices: Iterable[Price]) -> list[Record]:
    """Prices older than the catalogue allows, counted from the year of its edition; oldest first."""
    edition = catalog.edition
    now = int(edition.date[:4])
    found = [
        {
            "what": "stale",
            "market": p.market,
            "procedure": p.procedure,
            "unit": p.unit,
            "low": float(p.low),
            "high": float(p.high),
            "year": p.year,
            "source": p.source,
        }
        for p in prices
        if now - p.year > edition.stale_after_years
    ]
    return sorted(found, key=lambda r: (r["year"], r["market"], r["procedure"]))


def _thin(catalog: Catalog) -> Iterable[Record]:
    """Treatments whose price in a market is the word of one seller or page, of the prices that count there."""
    for market in catalog.markets:
        for procedure, prices in sorted(catalog.prices(market).items()):
            used = choose(prices, for_sale(catalog, procedure)).prices
            if len(voices(catalog, used)) == 1:
                yield {
                    "what": "thin",
                    "market": market,
                    "procedure": procedure,
                    "unit": ", ".join(sorted({p.unit for p in used})),
                    "low": float(min(p.low for p in used)),
                    "high": float(max(p.high for p in used)),
                    "year": max(p.year for p in used),
                    "source": used[0].source,
                }
