"""Who may have what, in words: the grounds of a screening, and the marks that it leaves on a row."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from decide.alternatives.cell import Frequency
from decide.question.conditions import readable
from decide.report.words import capital, in_words, span

if TYPE_CHECKING:
    from decide.alternatives.cell import Ref
    from decide.alternatives.screening import Caution, GravestHarm, Ground, Screening, Status
    from decide.catalog import Catalog

LONGEST_LABEL, LONGEST_NAME = 48, 22
UNNAMED = re.compile(r"\bnot (shown|stated)\b")
"""How a source's authors are told where nobody is named."""
BESIDE = re.compile(r" *\(.*?\)")
"""What is said of a name, not the name."""
INITIALS = re.compile(r" [A-Z]{1,3}$")
STATUS = {
    "prescription-only": ("Rx", "On prescription only"),
    "pharmacy-only": ("Ph", "From a pharmacist only"),
    "clinic": ("Cl", "Done in a clinic"),
    "clinic-device": ("Cl", "Done in a clinic"),
    "off-label": ("Off", "Off label: not licensed for this here"),
    "not-approved": ("Un", "Not approved here"),
    "unlawful": ("Un", "Not lawful here"),
}
"""The sign of a status and what it means; a status without one (licensed, over the counter) needs none."""
PEOPLE = {"male-sex": "men", "female-sex": "women"}
SEXES = {"male": "a man", "female": "a woman"}


def source_label(catalog: "Catalog", identity: str, study: str | None = None) -> str:
    """A source as people name it: first author and year; else who publishes it; its title where nobody is named.

    Of a `study` of it, by id: its author, else whom the id names (yoon-2008-…, where that is no word of the title, as a
    drug's would be, and no short form of the journal), else the words of the title, never who prints it.
    """
    known = catalog.sources.get(identity)
    if known is None:
        return identity
    authors = "" if UNNAMED.search(told := BESIDE.sub("", known.authors)) else told
    first = INITIALS.sub("", re.split(r",| et al", authors)[0].strip())
    publisher, title = known.publisher.partition(" (")[0], known.title.partition(" (")[0]
    if study is not None:
        # who prints it wrote nothing of it
        printed = "".join(filter(str.isalnum, known.publisher.casefold()))
        first = "" if printed.startswith("".join(filter(str.isalnum, authors.casefold()))) else first
        by, letters = re.match(r"([a-z]{4,})-((?:19|20)\d\d)\b", study), iter(printed)
        if by and not first and by[1] not in title.casefold() and not all(letter in letters for letter in by[1]):
            return f"{by[1].capitalize()} {by[2]}"
        who = textwrap.shorten(first or title, LONGEST_NAME, placeholder="…")
        return f"{who} {known.year or '(no year)'}"
    named = first or ("" if UNNAMED.search(publisher) else publisher) or title
    who = textwrap.shorten(named, LONGEST_LABEL, placeholder="…")
    return f"{who} {known.year}" if known.year else who


def ground_words(ground: "Ground", catalog: "Catalog", of: str = "") -> str:
    """One reason why an option (by id) is not offered; the part of it is named where the reason is about that alone."""
    what = readable(catalog, ground.condition)
    part = catalog.procedures.get(ground.part)
    within = f" (for {part.name})" if part is not None and of and part.id != of else ""
    said = {
        "bar": f"not with {what}",
        "if": f"not with {what}: say whether that is so",
        "silent": f"no source lets it through with {what}",
        "if-needed": f"with {what} only where it is needed",
        "age": f"nothing found allows it at this age ({what}): see a doctor",
        "unread": f"you said '{ground.condition}', which this cannot read",
        "studied": f"studied in {PEOPLE.get(ground.condition, what)} only",
    }[ground.kind]
    whose = f"for {SEXES[ground.sex]}: " if ground.sex else ""
    return f"{whose}{said}{within}"


def grounds(screening: "Screening", catalog: "Catalog", of: str = "") -> str:
    """All reasons of the weight that decides, each once, with who says so beyond the first."""
    found: dict[str, list[str]] = {}
    decisive = [ground for ground in screening.grounds if ground.verdict == screening.verdict]
    barred = {ground.condition for ground in decisive if ground.kind == "bar"}
    for ground in decisive:
        # that nothing allows it at an age says no more where a source bars it, and the same of each part
        if ground.kind == "age":
            words = (
                "see a doctor" if ground.condition in barred else ground_words(replace(ground, part=""), catalog, of)
            )
        else:
            # what was not read bears on the whole
            words = ground_words(replace(ground, part="") if ground.kind == "unread" else ground, catalog, of)
        found.setdefault(words, []).append(ground.source)
    first = next((g.source for g in screening.grounds), "")
    told = [
        f"{words} ({', '.join(source_label(catalog, s) for s in more)})"
        if (more := [s for s in dict.fromkeys(sources) if s and s != first])
        else words
        for words, sources in found.items()
    ]
    if any(ground.sex for ground in screening.grounds):
        told.append("say whether you are a man or a woman")
    return "; ".join(told)


def caution_words(caution: "Caution", catalog: "Catalog", *, brief: bool = False) -> str:
    """What one caution says; in `brief` without who says it."""
    what = readable(catalog, caution.value)
    concern = catalog.concerns.get(caution.concern)
    seen = f", said of {concern.name.lower()}" if concern is not None else ""
    by = f" ({source_label(catalog, caution.source)}{seen})" if not brief else ""
    return {
        "care": f"Take care with {what}{by}",
        "if": f"Take care if that is {what}{by}: say whether it is so",
        "no-fact": f"No fact on {what} found",
        "no-bar": f"{capital(what)}: no bar{by or ' found'}",
        "inferred": f"{capital(what)}: inferred from a fact on pregnancy, as it stays on the skin{by}",
    }[caution.kind]


def status_words(status: "Status", screening: "Screening", catalog: "Catalog") -> str:
    """What a status means; for what needs a prescription also who must not take it."""
    says = STATUS[status.value][1]
    if status.value != "prescription-only":
        return says
    names = [readable(catalog, c) for c in screening.not_with]
    return f"{says} (not with {', '.join(names)})" if names else f"{says} (who must not take it: no fact found, so ask)"


def gravest_words(harms: "Sequence[GravestHarm]", catalog: "Catalog", *, brief: bool = False) -> str:
    """The grave harms that sources name, each once, and how often; the worst that is known where none is grave."""
    if not any(harm.value for harm in harms):
        return "No source read here names its gravest harm"
    grave = [harm for harm in harms if harm.grave]
    found: dict[str, str] = {}
    for harm in grave or harms:
        rates = [x for x in (harm.low, harm.high) if x is not None]
        often = f"{' to '.join(dict.fromkeys(f'{x:g}' for x in rates))} in 100" if rates else ""
        by = "" if brief else source_label(catalog, harm.source)
        found.setdefault(harm.value.replace("-", " "), ", ".join(filter(None, (often, by))))
    told = "; ".join(f"{value}{f': {how}' if how else ''}" for value, how in found.items())
    if brief:
        return f"Rare but lasting or dangerous: {told}" if grave else f"Gravest harm known: {told}"
    return f"Lasting or dangerous, however rare ({told})" if grave else f"Gravest harm known ({told})"


def harms_told(refs: "Iterable[Ref]") -> list[str]:
    """The harms that were counted, the commonest first; each from the least that a source counts to the most."""
    ends: dict[str, list[float]] = {}
    for fact in (ref.fact for ref in refs):
        if isinstance(fact, Frequency) and fact.event != "other":
            ends.setdefault(in_words(fact.event), []).extend((fact.low, fact.high))
    found = sorted((harm for harm in ends.items() if max(harm[1]) > 0), key=lambda harm: -max(harm[1]))
    return [f"{event} in {span(min(rates), max(rates))} of 100" for event, rates in found]


def verdict_line(screening: "Screening", catalog: "Catalog", of: str = "") -> str:
    """The verdict of a screening in a line; empty where it may be had."""
    if screening.offered:
        return ""
    title = "Not for you" if screening.verdict == "not-for-you" else "Ask first"
    return f"{title}: {grounds(screening, catalog, of)}."
