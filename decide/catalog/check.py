"""Everything wrong with a catalogue, all at once: each problem with file, table, entry and reason."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from decide.catalog.catalog import Catalog
from decide.catalog.circles import circles
from decide.catalog.models import BARS, COMPATIBLE, FACTS, SEX_CONDITIONS, STATUSES, Condition, Framework
from decide.catalog.named import IDLE
from decide.catalog.price_holes import price_faults
from decide.catalog.read import Entry, Fault, describe, line_of, read_file
from decide.catalog.study_check import wrong_bounds, wrong_sources, wrong_studies, wrong_words
from decide.errors import CatalogError


def check(catalog: Catalog, measures: Mapping[str, bool] | None = None) -> list[Fault]:
    """Every problem of a catalogue and its overlays: unreadable files, wrong entries, ids that nothing bears, sources
    that are missing, currencies that are not the market's, facts that stand twice. Empty when all is well.

    `measures` are the names of the measures that criteria may name, and whether each needs the criterion's `unknown`
    (`decide.criteria.registry.GUESSED`); without them no criterion's measure is looked at.
    """
    problems: list[Fault] = []
    entries: list[Entry] = []
    for path in catalog.files():
        found, wrong = read_file(path, catalog.shown(path))
        entries.extend(found)
        problems.extend(wrong)
    entries.extend(catalog.extra)
    known = _Known(entries)
    for entry in entries:
        problems.extend(_problem(catalog, entry, reason) for reason in _wrong(entry, known))
    for entry, reason in (
        *_unmeasured(known, measures),
        *_unpriced(known),
        *_unsaid(known),
        *catalog.weaker(entries),
        *wrong_studies(entries),
        *wrong_words(entries),
        *wrong_sources(entries),
        *wrong_bounds(entries),
        *_circles(known),
    ):
        problems.append(_problem(catalog, entry, reason))
    problems.extend(_problem(catalog, entry, reason) for entry, reason in price_faults(entries))
    problems.extend(_duplicates(catalog, entries))
    problems.extend(_gaps(catalog, known))
    return sorted(problems, key=lambda p: (p.file, p.line or 0, p.reason))


class _Known:
    """The ids that stand somewhere in the catalogue."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.by_table: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            if hasattr(entry.fact, "id"):
                self.by_table.setdefault(entry.table, {})[entry.fact.id] = entry
        self.all = list(entries)
        self.fact_kinds = (*FACTS, *(c.fact for c in self.facts("criterion") if c.fact))

    def entries(self, table: str) -> list[Entry]:
        """The entries with an id of one table, the last of each id."""
        return list(self.by_table.get(table, {}).values())

    def facts(self, table: str) -> list[Any]:
        return [entry.fact for entry in self.entries(table)]

    def of(self, table: str) -> list[Entry]:
        """Every entry of one table."""
        return [entry for entry in self.all if entry.table == table]

    def has(self, table: str, identity: str) -> bool:
        return identity in self.by_table.get(table, {})

    def procedure(self, identity: str) -> bool:
        return self.has("procedure", identity) or identity in IDLE

    def named(self, identity: str) -> bool:
        return self.procedure(identity) or self.has("family", identity)

    def subtypes(self, concern: str) -> set[str]:
        entry = self.by_table.get("concern", {}).get(concern)
        return {s.id for s in entry.fact.subtype} if entry else set()


def _problem(catalog: Catalog, entry: Entry, reason: str) -> Fault:
    row = entry.fact.model_dump(
        include={"id", "procedure", "concern", "fact", "what", "event", "about", "unit", "source"}
    )
    return Fault(
        catalog.shown(entry.file), entry.table, describe(row), reason, line_of(entry.file, entry.table, entry.index)
    )


def _wrong(entry: Entry, known: _Known) -> Iterator[str]:
    fact = entry.fact
    for table in ("source", "concern", "market"):
        name = getattr(fact, table, None)
        if isinstance(name, str) and name and not known.has(table, name):
            yield f"unknown {table} {name!r}"
    yield from _wrong_ids(entry, known)
    if entry.table == "price" and known.has("market", fact.market):
        currency = known.by_table["market"][fact.market].fact.currency
        if fact.currency != currency:
            yield f"currency {fact.currency} is not the market's {currency}"
    if entry.table == "price" and fact.unit == "course" and not (fact.sessions or fact.months or fact.once):
        yield "a price per course must say how many sessions or months it covers, or that it is bought once"
    if entry.table == "practice" and fact.fact not in known.fact_kinds:
        yield f"unknown kind of fact {fact.fact!r}{_near(fact.fact, known.fact_kinds)}"
    if entry.table == "study":
        yield from _wrong_study(fact, known)
    if entry.table == "profile":
        yield from (f"unknown criterion {c!r}" for c in fact.weights if not known.has("criterion", c))
        if not any(fact.weights.values()):
            yield "weights are all zero"
    if entry.table == "framework":
        yield from _wrong_framework(fact, known)


def _near(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, list(names), n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _unmeasured(known: _Known, measures: Mapping[str, bool] | None) -> Iterator[tuple[Entry, str]]:
    """Criteria that cannot be measured, that no profile weighs, or that have no anchors in a market's money.

    A criterion that the program measures by itself is known by its measure wherever its column is read.
    """
    weighed = {name for profile in known.facts("profile") for name, weight in profile.weights.items() if weight}
    for entry in known.entries("criterion"):
        criterion = entry.fact
        if measures is not None and criterion.measure not in measures:
            yield entry, f"unknown measure {criterion.measure!r}: measures are {', '.join(measures)}"
        elif criterion.fact is None and criterion.id != criterion.measure:
            yield entry, f"what is measured as {criterion.measure} is called so: its id must be {criterion.measure!r}"
        elif measures is not None and measures[criterion.measure] and criterion.unknown is None:
            yield entry, "needs 'unknown': what an option is scored with where no fact is known"
        if criterion.id not in weighed:
            yield entry, "no profile gives it a weight"
        if criterion.anchors_by_currency:
            for currency in dict.fromkeys(market.currency for market in known.facts("market")):
                if currency not in criterion.anchors_by_currency:
                    yield entry, f"no anchors in {currency}, in which a market's prices are"


def _unpriced(known: _Known) -> Iterator[tuple[Entry, str]]:
    """Markets whose money cannot be exchanged for another market's, so that no price can be borrowed."""
    rates = {frozenset((e.fact.from_, e.fact.to)) for e in known.all if e.table == "exchange"}
    thirds = set().union(*rates)
    seen: dict[str, None] = {}
    for entry in known.entries("market"):
        mine = entry.fact.currency
        for other in seen:
            through = any({frozenset((mine, third)), frozenset((third, other))} <= rates for third in thirds)
            if other != mine and frozenset((mine, other)) not in rates and not through:
                yield entry, f"no exchange rate between {mine} and {other}: prices cannot be borrowed"
        seen[mine] = None


VOCABULARIES = {"pregnancy-compatible": COMPATIBLE, "status": STATUSES, "no-bar-by-sex": SEX_CONDITIONS}
"""Kinds of practice fact whose value is one of a closed list."""


def _unsaid(known: _Known) -> Iterator[tuple[Entry, str]]:
    """Facts that name no condition; conditions that bear on nothing; what is said in the words of another."""
    conditions: dict[str, Condition] = {c.id: c for c in known.facts("condition")}
    named = {e.fact.value for e in known.all if e.table == "practice" and e.fact.fact in BARS}
    for entry in known.all:
        listed = VOCABULARIES.get(entry.fact.fact) if entry.table == "practice" else None
        if listed and entry.fact.value not in listed:
            yield entry, f"unknown {entry.fact.fact} {entry.fact.value!r:.60}{_near(entry.fact.value or '', listed)}"
        if entry.table == "practice" and entry.fact.fact in BARS and entry.fact.value not in conditions:
            yield entry, f"unknown condition {entry.fact.value!r:.60}{_near(entry.fact.value or '', conditions)}"
        if entry.table == "mention":
            yield from ((entry, f"unknown condition {c!r}") for c in entry.fact.conditions if c not in conditions)
            yield from ((entry, f"unknown kind of fact {f!r}") for f in entry.fact.facts if f not in known.fact_kinds)
        if entry.table == "kin":
            yield from (
                (entry, f"unknown procedure {p!r}") for p in entry.fact.members if not known.has("procedure", p)
            )
        if entry.table == "red_flag":
            yield from ((entry, f"unknown condition {c!r}") for c in entry.fact.conditions if c not in conditions)
            yield from ((entry, f"unknown concern {c!r}") for c in entry.fact.concerns if not known.has("concern", c))
        if entry.table == "vague":
            yield from ((entry, f"unknown condition {c!r}") for c in entry.fact.may_be if c not in conditions)
        if entry.table == "concern":
            implied = (c for kind in entry.fact.subtype for c in kind.implies)
            yield from ((entry, f"implies an unknown condition {c!r}") for c in implied if c not in conditions)
    for entry in known.entries("condition"):
        condition: Condition = entry.fact
        yield from ((entry, f"implies an unknown condition {c!r}") for c in condition.implies if c not in conditions)
        if condition.is_state and not {condition.id, *condition.implies} & named:
            yield entry, "no contraindication or caution names it, nor what it implies"
    flags = [entry for entry in known.all if entry.table == "red_flag"]
    for entries in (known.entries("condition"), flags):
        said: dict[str, Entry] = {}
        for entry in entries:
            for word in (*entry.fact.words, *getattr(entry.fact, "allergens", ())):
                first = said.setdefault(" ".join(word.lower().replace("-", " ").split()), entry)
                if first is not entry:
                    yield entry, f"{word!r} also means {getattr(first.fact, 'id', '') or first.fact.words[0]!r}"


def _wrong_ids(entry: Entry, known: _Known) -> Iterator[str]:
    fact = entry.fact
    if entry.table == "procedure":
        yield from (f"unknown family {name!r}" for name in fact.families if not known.has("family", name))
        others = (*fact.adjunct_to, *fact.parts)
        yield from (f"unknown procedure {name!r}" for name in others if not known.has("procedure", name))
        return
    if entry.table in ("practice", "foundation", "guideline"):
        kinds = fact.kinds if entry.table == "practice" else (fact.kind,) if fact.kind else ()
        own = known.subtypes(fact.concern)
        yield from (f"{fact.concern} has no kind {kind!r}" for kind in kinds if kind not in own)
    if entry.table == "concern":
        if not known.has("scale", fact.scale):
            yield f"unknown scale {fact.scale!r}"
        yield from (f"unknown source {name!r}" for name in fact.kind_sources if not known.has("source", name))
        return
    if entry.table in ("claim", "spacing", "comparison"):
        named = (
            (fact.procedure,) if entry.table == "claim"
            else (fact.first, fact.second) if entry.table == "spacing"
            else (*fact.ahead, *fact.behind)
        )  # fmt: skip
        yield from (f"unknown procedure or family {name!r}" for name in named if not known.named(name))
        return
    for key in ("procedure", "base"):
        name = getattr(fact, key, None)
        if name and not known.procedure(name):
            yield f"unknown procedure {name!r}"
    yield from _wrong_product(fact, known)
    same = fact.same_people_as if entry.table == "practice" else None
    if same and not any(e.fact.id == same and fact.concern in (None, e.fact.concern) for e in known.of("study")):
        yield f"same_people_as names no study{f' of {fact.concern}' if fact.concern else ''}: {same!r}"


def _wrong_product(fact: Any, known: _Known) -> Iterator[str]:
    """A product that nothing is, or that is another procedure's."""
    product = getattr(fact, "product", None)
    if product is None:
        return
    if not known.has("product", product):
        yield f"unknown product {product!r}{_near(product, known.by_table.get('product', {}))}"
    elif known.by_table["product"][product].fact.procedure != fact.procedure:
        yield f"{product!r} is no product of {fact.procedure!r}"


def _wrong_study(study: object, known: _Known) -> Iterator[str]:
    from decide.catalog.models import Study

    assert isinstance(study, Study)
    kinds = known.subtypes(study.concern)
    subtypes = {study.subtype, *(c.subtype or "" for c in study.contrast), *(o.subtype or "" for o in study.outcome)}
    for subtype in sorted(subtypes - {""}):
        if subtype not in kinds:
            yield f"{study.concern} has no kind {subtype!r}"
    if not (study.arm or study.contrast or study.outcome):
        yield "says nothing: no arm, contrast or outcome"
    keys = ("procedure", "base", "comparator", "comparator_base")
    found = (getattr(part, key, "") for part in (*study.arm, *study.contrast, *study.outcome) for key in keys)
    yield from (f"unknown procedure {name!r}" for name in sorted({*filter(None, found)}) if not known.procedure(name))
    for part in (*study.arm, *study.contrast):
        yield from _wrong_product(part, known)


def _circles(known: _Known) -> Iterator[tuple[Entry, str]]:
    """Things that lead back to themselves: parts, what is given on what, what conditions imply."""
    for table, key in (
        ("procedure", "parts"),
        ("procedure", "adjunct_to"),
        ("condition", "implies"),
        ("framework", "like"),
    ):
        led = {entry.fact.id: getattr(entry.fact, key) or () for entry in known.entries(table)}
        links = {name: (to,) if isinstance(to, str) else to for name, to in led.items()}
        for name, way in circles(links):
            yield known.by_table[table][name], f"{key} runs in a circle: {way}"


def _wrong_framework(framework: Framework, known: _Known) -> Iterator[str]:
    """A framework that leans on one that is not there or on itself, or asks a field otherwise than another does."""
    others: dict[str, Framework] = {key: e.fact for key, e in known.by_table.get("framework", {}).items()}
    if framework.like is not None and framework.like not in others:
        yield f"like: unknown framework {framework.like!r}"
    for item in framework.item:
        if item.framework is None:
            continue
        if item.framework not in others:
            yield f"{item.id}: unknown framework {item.framework!r}"
            continue
        if others[item.framework].header != framework.header:
            yield f"{item.id}: {item.framework!r} judges something else"
        reached, front = set[str](), [item.framework]
        while front:
            name = front.pop()
            if name not in reached and name in others:
                reached.add(name)
                front += [i.framework for i in others[name].item if i.framework is not None]
        if framework.id in reached:
            yield f"{item.id}: answers itself through {item.framework!r}"
    same = [f for f in others.values() if f.header == framework.header]
    asked = {(i.place, f.id): f.kind for o in same for i in o.item for f in i.field}
    asked |= {(o.header, f.id): f.kind for o in same for f in o.about}
    for item in framework.item:
        for field in item.field:
            kind = asked.get((item.place, field.id), field.kind)
            if kind != field.kind:
                yield f"{item.id}: {field.id} is a {field.kind} here and a {kind} elsewhere"
            for place in (*field.differs_from, *((field.same_as,) if field.same_as else ())):
                if tuple(place.split(".")) not in asked:
                    yield f"{item.id}: {field.id}: no field {place!r}"


def _duplicates(catalog: Catalog, entries: Iterable[Entry]) -> Iterator[Fault]:
    """Facts that stand twice in one folder; an overlay's may repeat, for it replaces."""
    seen: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        key = (catalog.folder_of(entry.file), *entry.key)
        first = seen.setdefault(key, entry)
        if first is not entry:
            line = line_of(first.file, first.table, first.index)
            yield _problem(catalog, entry, f"stands twice: also in {catalog.shown(first.file)}:{line}")


def _gaps(catalog: Catalog, known: _Known) -> Iterator[Fault]:
    """What the program needs and no file gives."""
    for check_needed in (
        lambda: catalog.edition,
        lambda: catalog.market(catalog.edition.default_market),
        lambda: catalog.profiles[catalog.edition.default_profile],
        lambda: [catalog.risk_priors[p.invasiveness] for p in catalog.procedures.values()],
        lambda: [catalog.constant("sigma", c) for c in catalog.concerns],
    ):
        try:
            check_needed()
        except CatalogError as error:
            if not any(error.message.startswith(str(catalog.shown(p))) for p in catalog.files()):
                yield Fault("catalog", "", "", error.message)
        except KeyError as error:
            yield Fault("catalog", "", "", f"missing: {error.args[0]}")
