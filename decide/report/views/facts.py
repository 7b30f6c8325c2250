"""Facts behind a figure in words: a sentence for each kind of fact, what a record states, how stars came about."""

import re
from typing import assert_never

from decide.alternatives.cell import Basis, Borrowed, Counted, Expected, Frequency, Pull, Ref
from decide.alternatives.pricing import AddedPrice
from decide.catalog import Catalog
from decide.catalog.models import (
    Arm,
    Assumption,
    Contrast,
    Course,
    DowntimePrior,
    Outcome,
    Practice,
    Price,
    RiskPrior,
)
from decide.evidence.certainty import LEAST_SHOWN, Domain, Limit, Lost, Working
from decide.evidence.informing import Reason, Stated
from decide.report.words import AS_USED, capital, in_words, number, plural, readable, share, signed

BASES: dict[Basis, str] = {
    "borrowed": "borrowed price", "elsewhere": "other concern", "base": "its base", "as-used": AS_USED,
}  # fmt: skip
"""What a figure rests on, where its id does not say it already."""
NOT_POOLED: dict[Reason, str] = {
    "measure": "its measure cannot be brought to the scale",
    "cut": "stands for no change on this scale: the cut",
    "score": "points on a score without its start and its two ends",
    "design": "this kind of record moves no figure",
    "zero ratio": "a ratio of zero has no logarithm",
    "no size": "neither a range nor a number of people is given",
    "overlaps": "overlaps the larger pooled result of",
    "counted": "its trials are already counted one by one",
    "same people": "its people are counted in",
    "shared": "shares trials or people with what is counted: held against the answer, no part of it",
    "display": "for display",
    "differs": "what was studied differs:",
    "one arm": "one arm without its control, read as nearly all there is to gain",
    "no people": "direction without a number of people",
    "no p-value": "direction without a p-value",
    "no figure": "no figure that can be pooled",
    "mixture": "compared with a mixture that is no treatment of its own",
    "no count": "does not say of how many people; as many as its range amounts to are counted already",
    "averaged": "its figure is in the mean of its trial:",
}


def fact_says(ref: Ref, catalog: Catalog | None = None) -> str:
    """What one fact says, of concerns and procedures by their names where the catalogue is given."""
    match ref.fact:
        case Price() as price:
            return _price(price)
        case Practice(value=str(value)) as fact:
            return f"{readable(fact.fact)}: {in_words(value)}"
        case Practice() as fact:
            return _amount(fact.fact, fact, catalog)
        case Course(what="kept-percent" | "relapse-percent") as fact:
            # of what it is a share, of people or of a gain, its note tells
            at = f" at {fact.at_weeks:g} weeks" if fact.at_weeks else ""
            base = f" on {effect_name(fact.base, catalog)}" if fact.base else ""
            return f"{_amount(fact.what, fact, catalog)}{base}{at}{f': {fact.note}' if fact.note else ''}"
        case Course() as fact:
            return _amount(fact.what, fact, catalog)
        case Assumption() as a:
            unit = f" ({a.unit})" if a.unit else ""
            return f"{readable(a.what)}{unit}: {a.typical:g} ({a.low:g}–{a.high:g}). {a.reason}"
        case RiskPrior() as p:
            return f"{p.minor:g} minor, {p.moderate:g} moderate, {p.serious:g} serious in 100: {p.reason}"
        case DowntimePrior() as p:
            return f"{p.low:g}–{p.high:g} days: {p.reason}"
        case Borrowed(lender, rate):
            return f"borrowed from {lender} prices at {rate:.4f}, range widened"
        case Frequency() as f:
            return f"{f.severity}: {in_words(f.event)}, {ends(f.low, f.high)} in 100"
        case Expected(serious, moderate, minor):
            return (
                f"expected in 100 people, before any caution: lasting or dangerous {serious:.2g}, to be treated or for "
                f"weeks {moderate:.2g}, passing {minor:.2g}"
            )
        case Counted(sessions):
            return f"{sessions:g} sessions"
        case Pull(record, against, weight, cut):
            return f"{stated(record, effect_name(against, catalog), cut)}; {share(weight)} of what it rests on"
        case _:
            assert_never(ref.fact)


def effect_name(effect: str, catalog: Catalog | None) -> str:
    """What the evidence calls a treatment (`laser`, `serum on laser`, `pen (product:…)`) by the names of its parts."""
    found = []
    for part in re.split(r" on | \+ ", effect):
        identity, _, product = part.partition(" (")
        known = catalog.procedures.get(identity) if catalog is not None else None
        of = product.rstrip(")").partition(":")[2]
        found.append(f"{known.name if known else readable(identity)}{f' ({readable(of)})' if of else ''}")
    return (" on " if " on " in effect else " + ").join(found)


def ends(low: float, high: float) -> str:
    """A range as a fact states it, one number where its ends agree."""
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def _price(price: Price) -> str:
    amount = f"{price.low:,.2f}" if price.from_ or price.low == price.high else f"{price.low:,.2f}–{price.high:,.2f}"
    amount = f"from {amount}" if price.from_ else amount
    text = f"{price.currency} {amount.replace('.00', '')} a {price.unit}"
    if price.sessions:
        text += f" for {price.sessions} sessions"
    elif price.months:
        text += f" for {price.months:g} months"
    if price.quoted:
        return text
    whole = ""
    if isinstance(price, AddedPrice):
        whole = f"{price.whole:,f} in all, where the base alone is {price.base:,f}"
    offer = "an offer" if price.promotion else ""
    doubt = f"doubtful: {price.doubtful}" if price.doubtful else ""
    told = filter(None, (price.covers, whole, price.covers_partial, offer, doubt))
    return f"{text}, {price.year}: {'; '.join(told)}"


AMOUNTS = {
    "downtime-days": "days off after a visit: {}",
    "redness-days": "days of redness: {}",
    "onset-weeks": "weeks until it shows: {}",
    "durability-months": "months that it lasts: {}",
    "interval-weeks": "weeks between visits: {}",
    "added-sessions": "visits in which it is added: {}",
    "relapse-percent": "it came back: {} of 100",
    "kept-percent": "it was kept: {} of 100",
}
"""What a fact counts, in words."""


def _amount(kind: str, fact: Practice | Course, catalog: Catalog | None) -> str:
    if fact.low is None:
        amount = f"up to {fact.high:g}"
    elif fact.high is None:
        amount = f"at least {fact.low:g}"
    else:
        amount = ends(fact.low, fact.high)
    known = catalog.concerns.get(fact.concern or "") if catalog is not None else None
    concern = known.name.lower() if known is not None else readable(fact.concern or "")
    return f"{AMOUNTS.get(kind, f'{readable(kind)}: {{}}').format(amount)}{f' ({concern})' if concern else ''}"


def stated(record: Stated, against: str, cut: str = "") -> str:
    """What a record of a study states."""
    match record:
        case Arm(measure="responders"):
            return f"{number(record.value or 0.0)}% of people {cut}"
        case Arm(measure="score-change"):
            return f"{record.value:+g} points of {record.baseline:g}"
        case Arm(measure="density-gain"):
            return f"{signed(record.value or 0.0, 0)} hairs/cm²"
        case Arm():
            return f"{number(record.value or 0.0)}% better"
        case Contrast():
            span = f" ({record.low:g} to {record.high:g})" if record.low is not None and record.high is not None else ""
            return f"{readable(record.measure)} {record.value:g}{span}"
        case Outcome():
            way = f"{record.direction} than" if record.direction in ("better", "worse") else "no difference from"
            return f"{way} {against}{f', p {record.p_value}' if record.p_value else ''}"
        case _:
            assert_never(record)


def not_pooled(reason: Reason, by: str) -> str:
    """Why a record moves no figure."""
    return f"{NOT_POOLED[reason]} {by}".rstrip()


def in_100(part: float) -> str:
    """A share as people say it: `38 of 100`, `none`."""
    return f"{round(100 * part)} of 100" if part >= LEAST_SHOWN else "none"


def stars_working(working: Working, catalog: Catalog) -> str:
    """How stars came about: what each domain takes off, with its reason and what would change it; and what caps it."""
    lost = [_lost(one, catalog) for one in working.lost if one.stars]
    caps = [f"at most {cap.stars} because {_CAPS[cap.limit].format(in_100(cap.value or 0.0))}" for cap in working.caps]
    seen = f" from {people_count(working.people)} in {plural(working.studies, 'study')}" if working.people else ""
    first, *rest = *lost, *caps, *([] if lost or caps else ["nothing takes a star off"])
    return f"{working.stars} of 5 stars{seen}: {'. '.join((first, *map(capital, rest)))}"


def people_count(count: int) -> str:
    """`1 person`, `80 people`."""
    return "1 person" if count == 1 else f"{count} people"


def _lost(lost: Lost, catalog: Catalog) -> str:
    """One domain's reason."""
    off = "one star off" if lost.stars == 1 else f"{lost.stars} stars off"
    because, change = _DOMAINS[lost.domain]
    value = lost.value or 0.0
    if lost.value is None:
        because = "nothing of it is from a comparison"
    if lost.domain == "reporting" and value <= catalog.constant("certainty-interest"):
        because, change = SMALL
    if lost.domain in ("imprecision", "heterogeneity"):
        because = because.format(_REGIONS[min(round(value), 2)])
    else:
        rare = lost.domain == "incoherence" and value < LEAST_SHOWN
        because = because.format("fewer than 1 of 100" if rare else in_100(value))
    return f"{off} because {because}; {change} would change that"


_REGIONS = ("", "whether it is enough to notice", "whether it helps or harms")
_DOMAINS: dict[Domain, tuple[str, str]] = {
    "bias": (
        "{} of what comparisons say is from trials that were blinded and randomised", "a blinded, randomised trial",
    ),
    "indirectness": ("{} of what it rests on is of another kind, sex or product", "a study of this one"),
    "imprecision": ("its range leaves open {}", "more people studied"),
    "heterogeneity": ("studies differ so that a new one leaves open {}", "studies that agree"),
    "incoherence": (
        "direct and indirect comparisons contradict each other (a chance of {})", "a trial that says which is right",
    ),
    "reporting": ("{} of what it rests on is from those who gain by it", "a trial by somebody who does not"),
}  # fmt: skip
"""Why a domain takes stars off, {} for what was judged, and what would change it."""
SMALL = ("every study of it is small", "a larger one")
_CAPS: dict[Limit, str] = {
    "assumption": "it is more assumed than found ({})",
    "one study": "it is one study, which nobody has repeated",
    "series": "it rests on series: nobody went without",
    "no figure": "no study gives a figure",
    "laboratory": "there is laboratory work only",
    "claims": "there are claims only",
    "nothing": "nobody has looked",
}
"""Why no more stars are given."""
