"""What is wrong with what a catalogue says of prices, and what it ought to say and does not.

A hole is found by what the catalogue itself says: a note that calls a price a starting price owes it the mark `from`; a
price by the syringe owes an assumption on how many a session takes; a business with two sites owes them one publisher.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from decide.catalog.catalog import Catalog
from decide.catalog.models import ASSUMED, Price, Source
from decide.catalog.read import Entry
from decide.catalog.words import any_of


def price_faults(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Prices that say what cannot be: a basis of what is given on nothing, one business under two names."""
    entries = list(entries)
    given_on = {e.fact.id: e.fact.adjunct_to for e in entries if e.table == "procedure"}
    for entry in entries:
        if entry.table == "price" and entry.fact.basis and not given_on.get(entry.fact.procedure, ("",)):
            yield entry, f"basis {entry.fact.basis!r}: {entry.fact.procedure} is given on nothing"
    by_site: dict[str, Source] = {}
    for entry in _sources_of_prices(entries):
        source: Source = entry.fact
        site = _site(source.url)
        first = by_site.setdefault(site, source) if site and source.publisher else source
        if first.voice != source.voice:
            yield entry, f"{site} is a site of {first.publisher!r} in {first.id}: write one business one way"


def price_holes(catalog: Catalog, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Every hole in what is said of prices."""
    entries = list(entries)
    yield from _unmarked(catalog, entries)
    yield from _unusable(catalog, entries)
    yield from _offers_alone(entries)
    yield from _without_basis(catalog, entries)
    yield from _nameless(entries)
    for entry in entries:
        if entry.table == "market":
            priced = catalog.prices(entry.fact.id)
            yield from ((entry, f"no price of {name}") for name in catalog.procedures if name not in priced)


_UNMARKED = {
    "from": "stands as one figure without from",
    "promotion": "has no promotion",
    "doubtful": "is not marked doubtful",
    "guide": "is graded as a seller's own list",
}


def _unmarked(catalog: Catalog, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Prices whose words say that they start there, are an offer or are told by others, and whose marks do not."""
    words = {word.mark: any_of(word.words) for word in catalog.price_words}
    for entry in entries:
        if entry.table != "price":
            continue
        price: Price = entry.fact
        text = f"{price.covers} {price.note} {price.doubtful}"
        owed = {
            "from": not price.from_ and price.low == price.high,
            "promotion": not price.promotion,
            "doubtful": not price.doubtful,
            "guide": price.grade in ("own-list", "own-list-copy"),
        }
        text = words["none"].sub(" ", text) if "none" in words else text
        for mark, way in words.items():
            if owed.get(mark) and (said := way.search(text)):
                yield entry, f"says {said[0]!r} and {_UNMARKED[mark]}"


def _unusable(catalog: Catalog, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Prices in a unit that no assumption turns into a course."""
    for entry in entries:
        needed = ASSUMED.get(entry.fact.unit) if entry.table == "price" else None
        if needed and not any(
            a.what == needed and a.unit == entry.fact.unit for a in catalog.assumptions(entry.fact.procedure)
        ):
            yield entry, f"no assumption {needed} of a {entry.fact.unit}: the price is not used"


def _offers_alone(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Offers beside which a market has no other price of the thing."""
    by_thing = _by_thing(entries)
    for found in by_thing.values():
        if all(e.fact.promotion for e in found):
            yield found[0], "nothing but an offer is known in this market"


def _without_basis(catalog: Catalog, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Prices of add-ons that do not say whether they hold the base; two bases where the base has no price."""
    for (market, procedure), found in _by_thing(entries).items():
        known = catalog.procedures.get(procedure)
        if known is None or not known.adjunct_to:
            continue
        yield from ((e, "basis is not said: read as on top of its base") for e in found if e.fact.basis is None)
        if len({e.fact.basis for e in found} - {None}) > 1 and not catalog.prices(market).get(known.adjunct_to[0]):
            yield found[-1], f"all-in and add-on prices are mixed, and {known.adjunct_to[0]} has no price to level them"


def _nameless(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Sources of prices that name no publisher; publishers that look like one business; sites that one hand made."""
    by_name: dict[str, Source] = {}
    by_owner: dict[str, Source] = {}
    for entry in _sources_of_prices(entries):
        source: Source = entry.fact
        if not source.publisher:
            yield entry, "names no publisher: its prices count as a business of their own"
            continue
        name = re.split(r"[,(]", source.publisher)[0].strip().casefold()
        first = by_name.setdefault(name, source)
        if first.publisher != source.publisher:
            yield entry, f"publisher {source.publisher!r} looks like {first.publisher!r} of {first.id}"
        owner = _owner(source.url)
        first = by_owner.setdefault(owner, source) if owner else source
        if first.voice != source.voice:
            yield entry, f"kept by {owner} like {first.id}, and they share neither publisher nor agency"


def _by_thing(entries: Iterable[Entry]) -> Mapping[tuple[str, str], list[Entry]]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.table == "price":
            found.setdefault((entry.fact.market, entry.fact.procedure), []).append(entry)
    return found


def _sources_of_prices(entries: Iterable[Entry]) -> list[Entry]:
    entries = list(entries)
    used = {e.fact.source for e in entries if e.table == "price"}
    return [e for e in entries if e.table == "source" and e.fact.id in used]


def _owner(url: str) -> str:
    """Who keeps a repository, where an address is one's."""
    parts = urlsplit(url)
    path = [part for part in parts.path.split("/") if part]
    return f"{parts.netloc}/{path[0]}" if parts.netloc.endswith("github.com") and path else ""


def _site(url: str) -> str:
    """The site of an address: its host, or of many sites in one place the place within it."""
    parts = urlsplit(url)
    path = [part for part in parts.path.split("/") if part]
    if _owner(url):
        return "/".join([parts.netloc, *path[:2]])
    return parts.netloc.removeprefix("www.")
