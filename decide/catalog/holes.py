"""What a catalogue ought to say and does not: no error, and nothing that may be passed over in silence.

A hole is found by what the catalogue itself says. A card that names pregnant women owes a fact on pregnancy; a medicine
on prescription owes facts on pregnancy, breast-feeding and sex, and whom its label bars.
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


def _silent(catalog: Catalog, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Cards and notes that name a group of people of which no fact speaks."""
    groups = [(group, any_of(group.words)) for group in catalog.mentions.values()]
    for entry in entries:
        if entry.table == "procedure":
            text, procedure = " ".join(getattr(entry.fact, field) for field in CARD), entry.fact.id
        elif entry.table == "practice":
            text, procedure = entry.fact.note, entry.fact.procedure
        else:
            continue
        for group, words in groups:
            said = words.search(text)
            if said and not any(_speaks(fact, group) for fact in _held(catalog, procedure)):
                yield entry, f"says {said[0]!r}, and no fact on {procedure} speaks of {group.id}"


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
    ways = [any_of(e.fact.words) for e in entries if e.table == "study_word" and e.fact.owes == "open-end"]
    for entry in entries:
        lasting = entry.table in ("practice", "course") and "durability-months" in (
            getattr(entry.fact, "fact", ""),
            getattr(entry.fact, "what", ""),
        )
        said = next((found for way in ways if lasting and (found := way.search(entry.fact.note))), None)
        if said and entry.fact.low is not None and entry.fact.low == entry.fact.high:
            yield entry, f"says {said[0]!r}, and stands as if it had ended then"


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
