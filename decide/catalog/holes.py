"""What a catalogue ought to say and does not: no error, and nothing that may be passed over in silence.

A hole is found by what the catalogue itself says. A card that names pregnant women owes a fact on pregnancy; a note
that says "never on open wounds" owes a bar; a medicine on prescription owes facts on pregnancy, breast-feeding and sex,
and whom its label bars.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from decide.catalog.catalog import Catalog
from decide.catalog.models import BARS, Mention, Practice
from decide.catalog.price_holes import price_holes
from decide.catalog.read import Entry, Fault, begins, describe, line_of, read_file
from decide.catalog.study_holes import study_holes
from decide.catalog.words import any_of

CARD = ("best_used", "best_for", "caution", "before", "during", "after")
"""The fields of a card that are searched for words that name a group; so is every note of a practice fact."""


def holes(catalog: Catalog) -> list[Fault]:
    """Every hole of a catalogue and its overlays, by file and line."""
    entries = [*catalog.extra, *(e for path in catalog.files() for e in read_file(path, catalog.shown(path))[0])]
    lines = cache(begins)  # a file with a hundred holes is read once
    found = [
        Fault(
            catalog.shown(e.file),
            e.table,
            describe(e.fact.model_dump()),
            reason,
            line_of(e.file, e.table, e.index, lines),
        )
        for e, reason in (
            *_silent(catalog, entries),
            *_unlabelled(catalog, entries),
            *_closed(entries),
            *price_holes(catalog, entries),
            *study_holes(entries),
        )
    ]
    return sorted(found, key=lambda f: (f.file, f.line or 0, f.reason))


def _silent(catalog: Catalog, entries: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Cards and notes that name a group of people of which no fact speaks; notes that bar it, where no fact does."""
    groups = [(group, any_of(group.words)) for group in catalog.mentions.values()]
    ways = any_of(_owing(entries, "bar"))
    for entry in entries:
        if entry.table == "procedure":
            text, procedure = " ".join(getattr(entry.fact, field) for field in CARD), entry.fact.id
        elif entry.table == "practice":
            text, procedure = entry.fact.note, entry.fact.procedure
        else:
            continue
        facts = _held(catalog, procedure)
        harder = [fact for fact in facts if fact.fact != "caution"]
        never = ways.search(text) if entry.table == "practice" else None
        bars = never is not None or getattr(entry.fact, "fact", "") == "contraindication"
        for group, words in groups:
            said = words.search(text)
            if said and not any(_speaks(fact, group) for fact in (harder if bars else facts)):
                yield entry, f"says {said[0]!r}, and no {'bar' if bars else 'fact'} on {procedure} speaks of {group.id}"
        if never and entry.fact.fact == "caution":
            narrow = {entry.fact.value, *(c.id for c in catalog.conditions.values() if entry.fact.value in c.implies)}
            if not any((fact.value or "").removesuffix("-if-needed") in narrow for fact in harder):
                yield entry, f"says {never[0]!r}, and {entry.fact.value} is a caution"


def _unlabelled(catalog: Catalog, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Medicines on prescription that lack what a label says of people."""
    for entry in entries:
        if entry.table != "procedure" or not any(catalog.on_prescription(entry.fact.id, k) for k in catalog.markets):
            continue
        facts = _held(catalog, entry.fact.id)
        about = {f.value for f in facts if f.fact in BARS}
        may = {f.value or "" for f in facts if f.fact == "pregnancy-compatible"}
        barred = {f.value for f in facts if f.fact == "contraindication"}
        own = {"pregnancy", "first-trimester", "breast-feeding", "female-sex", "male-sex", "under-12", "under-18"}
        if "pregnancy" not in about and not may & {"pregnancy", "pregnancy-if-needed"}:
            yield entry, "on prescription, and no fact on pregnancy"
        if "breast-feeding" not in about and not may & {"breast-feeding", "breast-feeding-if-needed"}:
            yield entry, "on prescription, and no fact on breast-feeding"
        if not about & {"female-sex", "male-sex", "female-sex-strength"} and not any(
            f.fact == "no-bar-by-sex" for f in facts
        ):
            yield entry, "on prescription, and no fact on sex"
        if not barred - own:
            yield entry, "on prescription, and no contraindication of its label"


def _closed(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Results that lasted as long as they were looked at, and stand as if they had ended then."""
    ways = any_of(_owing(entries, "open-end"))
    for entry in entries:
        lasting = entry.table in ("practice", "course") and "durability-months" in (
            getattr(entry.fact, "fact", ""),
            getattr(entry.fact, "what", ""),
        )
        said = ways.search(entry.fact.note) if lasting else None
        if said and entry.fact.low is not None and entry.fact.low == entry.fact.high:
            yield entry, f"says {said[0]!r}, and stands as if it had ended then"


def _owing(entries: Iterable[Entry], mark: str) -> tuple[str, ...]:
    """The words by which a note owes a mark."""
    return tuple(w for e in entries if e.table == "study_word" and e.fact.owes == mark for w in e.fact.words)


def _held(catalog: Catalog, procedure: str) -> list[Practice]:
    """The facts of a procedure and of everything in it."""
    found: list[Practice] = []
    wanted, seen = [procedure], set[str]()
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen.add(name)
            found.extend(catalog.practice(name))
            known = catalog.procedures.get(name)
            wanted.extend(known.parts if known else ())
    return found


def _speaks(fact: Practice, group: Mention) -> bool:
    return fact.fact in group.facts or (fact.fact in BARS and fact.value in group.conditions)


def as_text(found: Iterable[Fault]) -> str:
    """One line per hole, and how many."""
    lines = [str(fault) for fault in found]
    return "\n".join([*lines, f"{len(lines)} hole{'' if len(lines) == 1 else 's'}."])
