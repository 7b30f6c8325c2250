"""Facts behind a figure in words: a sentence for each kind of fact, what a record states, how stars came about."""

from typing import assert_never

from decide.alternatives.cell import Basis, Borrowed, Counted, Expected, Frequency, Pull, Ref
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
from decide.evidence.certainty import Working
from decide.evidence.informing import Reason, Stated
from decide.report.words import AS_USED, readable, share

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
    "no people": "direction without a number of people: counts for certainty only",
    "no p-value": "direction without a p-value: counts for certainty only",
    "no figure": "no figure that can be pooled",
}
ONLY = {"laboratory": "laboratory work only", "claims": "claims only", "nothing": "nothing"}


def fact_says(ref: Ref) -> str:
    """What one fact says."""
    match ref.fact:
        case Price() as price:
            return _price(price)
        case Practice(value=str(value)) as fact:
            return f"{readable(fact.fact)}: {value}"
        case Practice() as fact:
            return _amount(fact.fact, fact)
        case Course() as fact:
            return _amount(fact.what, fact)
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
            return f"{f.severity}: {f.event}, {ends(f.low, f.high)} in 100"
        case Expected(serious, moderate, minor):
            return (
                f"expected in 100 people, before any caution: lasting or dangerous {serious:.2g}, to be treated or for "
                f"weeks {moderate:.2g}, passing {minor:.2g}"
            )
        case Counted(sessions):
            return f"{sessions:g} sessions"
        case Pull(record, against, weight, cut):
            return f"{stated(record, against, cut)}; moves the value by {share(abs(weight))}"
        case _:
            assert_never(ref.fact)


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
    offer = "an offer" if price.promotion else ""
    doubt = f"doubtful: {price.doubtful}" if price.doubtful else ""
    return f"{text}, {price.year}: {'; '.join([price.covers, *filter(None, (price.covers_partial, offer, doubt))])}"


def _amount(kind: str, fact: Practice | Course) -> str:
    if fact.low is None:
        amount = f"up to {fact.high:g}"
    elif fact.high is None:
        amount = f"at least {fact.low:g}"
    else:
        amount = ends(fact.low, fact.high)
    return f"{readable(kind)}: {amount}{f' ({fact.concern})' if fact.concern else ''}"


def stated(record: Stated, against: str, cut: str = "") -> str:
    """What a record of a study states."""
    match record:
        case Arm(measure="responders"):
            return f"{record.value:g} % of people {cut}"
        case Arm(measure="score-change"):
            return f"{record.value:+g} points of {record.baseline:g}"
        case Arm(measure="density-gain"):
            return f"{record.value:+g} hairs/cm²"
        case Arm():
            return f"{record.value:g} % better"
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


def stars_working(working: Working) -> str:
    """How stars came about, as one line."""
    if working.only:
        steps = [f"no clinical study; {ONLY[working.only]}"]
    else:
        several = "one study" if working.studies == 1 else f"{working.studies} studies"
        counted = "the largest pooled result" if working.studies is None else several
        steps = [f"{working.people:.0f} effective people in {counted}: {working.stars} of 5"]
    if working.cap is not None:
        steps.append(f"no controlled study: at most {working.cap}")
    if working.against is not None:
        steps.append(f"{share(working.against)} of the weight finds no gain: one star off")
    return "; ".join(steps)
