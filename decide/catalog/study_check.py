"""What is wrong with the records of studies, seen from the catalogue alone: bases, people, words, ids, circles, bounds.

Errors are what cannot be. What is only missing or doubtful is a hole (`study_holes`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from decide.catalog.circles import circles
from decide.catalog.models import Arm, Bound, Contrast, Outcome, Procedure, Study
from decide.catalog.read import Entry
from decide.catalog.words import any_of

CONTROLLED = ("rct", "split-body-rct", "non-randomised")
REVIEWS = ("meta-analysis", "systematic-review")
"""Several trials in one record: a thing may stand on several bases."""
IDLE = ("placebo", "untreated")
DIFFERENCE = 0.05
"""A p-value from which on papers call what they found no difference."""
LONG_TITLE = 5
"""Words from which on a title is one paper's alone."""


def wrong_studies(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Every error in the records of studies that their own models cannot see."""
    procedures: dict[str, Procedure] = {e.fact.id: e.fact for e in entries if e.table == "procedure"}
    studies = [e for e in entries if e.table == "study"]
    cuts = {e.fact.id: e.fact.threshold for e in entries if e.table == "cut"}
    none = [any_of(e.fact.words) for e in entries if e.table == "study_word" and e.fact.interest]
    for entry in studies:
        study: Study = entry.fact
        for arm in (arm for arm in study.arm if arm.cut):
            if arm.cut not in cuts:
                yield entry, f"unknown cut {arm.cut!r}"
            elif (said := _PAST.search(arm.cut_says)) and abs(float(said[1]) - cuts[arm.cut]) > 1:
                yield entry, f"cut {arm.cut!r} stands for {cuts[arm.cut]:g}, and its words are {said[0]!r}"
        found = (*_bases(study, procedures), *_people(study), *_again(study), *_chances(study))
        yield from ((entry, reason) for reason in found)
    for entry in entries:
        interest = getattr(entry.fact, "interest", "") if entry.table in ("study", "source") else ""
        if interest and any(way.match(interest) for way in none):
            yield entry, f"interest {interest[:60]!r} describes none: it goes into 'declared'"
    yield from _named(studies)
    yield from _harms(entries, studies)


_PAST = re.compile(r"(?:>|≥|over|above|more than|at least|from)\s*(\d+(?:\.\d+)?)\s*%")


def default_base(procedures: Mapping[str, Procedure], procedure: str) -> str | None:
    """What a procedure is given on when nobody says."""
    known = procedures.get(procedure)
    return known.adjunct_to[0] if known and known.adjunct_to else None


def _bases(study: Study, procedures: Mapping[str, Procedure]) -> Iterator[str]:
    """Comparisons whose base is another than that of the same procedure in the study's arms (or its contrasts)."""
    arms = [(a.procedure, a.base) for a in study.arm]
    pairs: list[tuple[str, str | None]] = []
    parts: tuple[Contrast | Outcome, ...] = (*study.contrast, *study.outcome)
    for part in parts:
        pairs += [(part.procedure, part.base), (part.comparator, part.comparator_base)]
        given, default = part.base, default_base(procedures, part.comparator)
        shown = any(p == part.comparator for p, _ in arms)
        if given and default and part.comparator_base is None and given not in (default, part.comparator) and not shown:
            yield f"{part.comparator} is taken to stand on {default}, {part.procedure} on {given}: say comparator_base"
    if study.design in REVIEWS:
        return
    said = arms or [(p, b) for p, b in pairs if b]
    for procedure in dict.fromkeys(p for p, _ in said):
        bases = {b or default_base(procedures, procedure) for p, b in said if p == procedure}
        for p, base in pairs:
            stands = base or default_base(procedures, p)
            implied = bool(arms) or (base is None and stands is not None)
            if p == procedure and implied and stands not in bases:
                yield f"{p} stands on {_or_nothing(stands)} here and on {_or_nothing(*sorted(map(str, bases)))} there"
                break


def _or_nothing(*bases: str | None) -> str:
    return " or ".join("nothing" if base in (None, "None") else str(base) for base in bases)


def _people(study: Study) -> Iterator[str]:
    """Arms that hold more people than took part, or all of a study's people where other arms had their share."""
    stated = [a.n for a in study.arm if a.n is not None]
    # an outcome may tell of all who were drawn, where fewer were looked at
    parts: tuple[Arm | Contrast, ...] = (*study.arm, *study.contrast)
    most = max((part.n for part in parts if part.n is not None), default=0)
    if study.participants is not None and most > study.participants and (study.within or most not in stated):
        yield f"{most} people are given to one part of it, and {study.participants} took part"
    compared = max((c.n for c in study.contrast if c.n is not None), default=0)
    if study.participants is None and stated and len(stated) == len(study.arm) and compared > sum(stated):
        yield f"{compared} people are compared, and its arms hold {sum(stated)}"
    if study.within and len(stated) > 1 and sum(stated) == study.participants:
        yield f"every person has every arm, and its arms add up to the {study.participants} who took part"
    if study.participants is None or study.within or not stated:
        return
    if sum(stated) > study.participants:
        yield f"its arms hold {sum(stated)} people, and {study.participants} took part"
    elif max(stated) == study.participants and (len(study.arm) > 1 or study.design == "rct"):
        yield f"all {study.participants} people are given to one arm of several"


def _chances(study: Study) -> Iterator[str]:
    """Directions that their own p-values deny."""
    for outcome in study.outcome:
        p, said = outcome.chance, (outcome.p_value or "").strip()
        if p is None or outcome.comparator in ("baseline", "other") or "not sig" in said:
            continue
        chance = p > DIFFERENCE or said.startswith(">")
        if {"better": chance, "worse": chance, "no-difference": p < DIFFERENCE and not chance}.get(outcome.direction):
            yield f"{outcome.procedure}: {outcome.direction}, and p {said}"


def _again(study: Study) -> Iterator[str]:
    """One arm entered twice: as large, with the same figure of the same thing."""
    seen: set[tuple[object, ...]] = set()
    for arm in study.arm:
        same = (arm.procedure, arm.base, arm.product, arm.dose, arm.site, arm.n, arm.measure, arm.value, arm.cut)
        if arm.value is not None and same in seen:
            yield f"{arm.procedure} stands twice with the same figure"
        seen.add(same)


def _named(studies: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Records that name others which are not there, or each other in a circle, or replace what still counts."""
    by_id: dict[str, Entry] = {f"{e.fact.concern}/{e.fact.id}": e for e in studies}
    for entry in studies:
        study: Study = entry.fact
        for name in (*filter(None, [study.same_people_as]), *study.replaces):
            full = name if "/" in name else f"{study.concern}/{name}"
            other = by_id.get(full)
            if other is None:
                what = "same_people_as" if name == study.same_people_as else "replaces"
                yield entry, f"{what} names no study: {name!r}"
            if name.startswith(f"{study.concern}/"):
                yield entry, f"{name!r} stands under the same concern: write it without it"
            elsewhere = other is not None and other.fact.concern != study.concern
            if other is not None and elsewhere and name in study.replaces and other.fact.use == "pool":
                yield entry, f"replaces {full}, which still counts there: set its use"
    same = {key: [e.fact.same_people_as] for key, e in by_id.items() if e.fact.same_people_as}
    for what, named in (("same_people_as", same), ("replaces", {key: e.fact.replaces for key, e in by_id.items()})):
        links = {key: [n if "/" in n else f"{key.split('/')[0]}/{n}" for n in names] for key, names in named.items()}
        yield from ((by_id[key], f"{what} runs in a circle: {way}") for key, way in circles(links))


def _harms(entries: Sequence[Entry], studies: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Rates under placebo or no treatment whose source compares with active treatments alone."""
    against: dict[str, set[str]] = {}
    for entry in studies:
        study: Study = entry.fact
        names = {a.procedure for a in study.arm} | {c.comparator for c in study.contrast}
        against.setdefault(study.source, set()).update(names | {o.comparator for o in study.outcome})
    for entry in entries:
        if entry.table == "harm" and entry.fact.comparator in IDLE:
            seen = against.get(entry.fact.source)
            if seen is not None and seen.isdisjoint(IDLE):
                yield entry, f"comparator {entry.fact.comparator}, and its study compares with active treatments alone"


def wrong_words(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Names and aliases of what can be had that mean two things, endings aside: two procedures, or a procedure and what
    somebody has (a concern, a kind of one, a condition) or a place of a market. A product may bear its own procedure's
    words.
    """
    taken: dict[str, str] = {}
    for entry in entries:
        for word in _suffered(entry):
            taken.setdefault(folded(word), entry.fact.id)
    groups = [(any_of(e.fact.words), e.fact.id) for e in entries if e.table == "mention"]
    for table in ("procedure", "family", "product"):
        for entry in (e for e in entries if e.table == table):
            fact = entry.fact
            owner = fact.procedure if table == "product" else fact.id
            own = fact.words if table == "product" else fact.aliases
            for word in dict.fromkeys(folded(w) for w in (fact.name, *own)):
                first = next((group for way, group in groups if way.fullmatch(word)), taken.setdefault(word, owner))
                if first != owner:
                    yield entry, f"{word!r} also means {first!r}"


def _suffered(entry: Entry) -> Iterator[str]:
    """The words by which somebody tells what they have, or where they are."""
    if entry.table == "condition":
        yield from entry.fact.words
    if entry.table == "market":
        yield from (entry.fact.name, *entry.fact.places)
    if entry.table == "concern":
        for named in (entry.fact, *entry.fact.subtype):
            yield from (named.name, *named.words)


def wrong_sources(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """One paper under two ids: the same DOI, PMID or number at PMC, wherever it is written and in whatever form, or the
    same long title of two journal articles.
    """
    taken: dict[tuple[str, str], str] = {}
    for entry in (e for e in entries if e.table == "source"):
        source = entry.fact
        marks = [("DOI", found) for text in (source.doi, source.url) for found in _DOI.findall(unquote(text.lower()))]
        marks += [("PMID", found) for found in (source.pmid, *_PMID.findall(source.url)) if found]
        marks += [("number at PMC", number) for number in re.findall(r"PMC\d{5,}", source.url)]
        title = plain(source.title.split(" (")[0]).rstrip(".")
        if source.kind == "journal-article" and len(title.split()) >= LONG_TITLE:
            # British and American spellings differ in vowels, z for s, and doubled letters
            marks.append(("title", re.sub(r"(.)\1", r"\1", re.sub("[aeiou]", "", title.replace("z", "s")))))
        for mark in marks:
            first = taken.setdefault(mark, source.id)
            if first != source.id:
                yield entry, f"the same paper as {first!r}, by its {mark[0]}"
                break


_DOI = re.compile(r"10\.\d{4,9}/[^\s?#]*[^\s?#./]")
_PMID = re.compile(r"pubmed\D*/(\d{5,9})\b")


def wrong_bounds(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Figures that cannot be."""
    bounds: list[Bound] = [e.fact for e in entries if e.table == "bound"]
    for entry in entries:
        for table, what, value in _figures(entry):
            fitting = [b for b in bounds if b.table == table and fnmatchcase(what, b.what)]
            bound = min(fitting, key=lambda b: b.what.count("*"), default=None)
            if bound is None or value is None or bound.low is None or bound.high is None:
                continue
            if not bound.low <= value <= bound.high:
                yield entry, f"{what} {value:g} is not between {bound.low:g} and {bound.high:g} ({bound.says})"


def _figures(entry: Entry) -> Iterator[tuple[str, str, float | None]]:
    fact: Any = entry.fact
    match entry.table:
        case "practice":
            yield from (("practice", fact.fact, end) for end in (fact.low, fact.high))
        case "course" | "assumption":
            yield from ((entry.table, fact.what, end) for end in (fact.low, fact.high))
        case "constant":
            yield "constant", fact.name, fact.value
        case "cut":
            yield "cut", fact.scale, fact.threshold
        case "exchange":
            yield "exchange", "rate", fact.rate
        case "downtime_prior":
            yield from (("downtime_prior", "days", end) for end in (fact.low, fact.high))
        case "spacing":
            yield "spacing", "weeks", fact.weeks
        case "catalogue":
            yield from (
                ("catalogue", key, getattr(fact, key)) for key in ("default_horizon_months", "stale_after_years")
            )
        case "study":
            yield from (("study", key, getattr(fact, key)) for key in ("follow_up_weeks", "sessions"))
            yield from (("study", "sessions", outcome.sessions) for outcome in fact.outcome)
            yield from (("arm", key, getattr(arm, key)) for arm in fact.arm for key in ("sd", "baseline_sd"))
            for part in (*fact.arm, *fact.contrast):
                table = "arm" if isinstance(part, Arm) else "contrast"
                yield from ((table, part.measure, end) for end in (part.low, part.value, part.high))


@lru_cache(maxsize=1 << 14)
def folded(words: str) -> str:
    """Plain words without the endings by which one thing and many differ."""
    return " ".join(re.sub(r"(?<=\w{3})(?<!s)s$", "", word) for word in plain(words).split())


def plain(words: str) -> str:
    """Words without case, marks and hyphens."""
    return " ".join(re.sub(r"[^\w.%+' ]+", " ", words.lower()).split())
