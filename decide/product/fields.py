"""One field: whether what is said of it shows what the framework asks."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from decide.catalog.models import ProofField, Words
from decide.lazily import dataclass
from decide.product import values
from decide.product.findings import FieldFinding, State
from decide.product.values import NoProof
from decide.product.words import clean, first, mixed_alphabets, quoted, same_house, says_something, site, spans, without


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a field is judged by besides itself: word lists, what names the thing (`product.maker`), and the day."""

    words: Words
    about: Mapping[str, str]
    today: date


def judge(field: ProofField, value: Any, context: Context) -> FieldFinding:
    """What a value shows for a field."""
    if isinstance(value, list) and all(isinstance(x, str | int | float) and not isinstance(x, bool) for x in value):
        value = ", ".join(map(str, value))
    said, reason = quoted(value), ""
    state: State = "proven"
    share = None
    if _says_nothing(field, value, context.words):
        said = said if isinstance(value, str) else ""
        state, reason = "missing", f"says '{said}'" if said else ""
    else:
        try:
            if isinstance(value, str) and field.kind != "yes-no":
                _no_excuse(field, value, context.words)
            KINDS[field.kind].judge(field, value, context)
        except NoProof as outcome:
            state, reason, share = outcome.state, str(outcome), outcome.share
    reason = f"{field.id.replace('-', ' ')}: {reason}" if reason else ""
    return FieldFinding(id=field.id, ask=field.ask, way=field.way, state=state, said=said, reason=reason, share=share)


def _says_nothing(field: ProofField, value: Any, words: Words) -> bool:
    if not isinstance(value, str):
        return value is None or value in ({}, []) or (value is False and field.kind != "yes-no")
    text = clean(value).casefold().strip(" .!?-–—_*:;()[]")
    if field.kind == "yes-no" and text in ("yes", "no"):
        return False
    return not text or text in {w.casefold() for w in words.nothing}


def _no_excuse(field: ProofField, value: str, words: Words) -> None:
    """Refuse what a framework refuses, and words that hold the fact back."""
    text = clean(value).casefold()
    refused = first(text, field.refuse, negated=False)
    if refused:
        raise NoProof(f"'{quoted(value)}': {field.refuse[refused]}")
    if not field.mentions and first(without(text, words.praise), words.withheld):
        raise NoProof(f"'{quoted(value)}' holds the fact back")


def _blame(text: str, words: Words, otherwise: str) -> str:
    """Why clean text shows nothing: the praise that it rests on, or another reason."""
    praise = first(text, words.praise)
    return f"rests on '{praise}', which shows nothing" if praise else otherwise


# ---------------------------------------------------------------- one function a kind


def _text(field: ProofField, value: Any, context: Context) -> None:
    if value is True:
        raise NoProof("says yes and shows nothing")
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise NoProof("is no text")
    text = clean(str(value)).casefold()
    if field.mentions:
        for group in field.mentions:
            if first(text, group) is None:
                raise NoProof(f"says nothing of '{group[0]}'")
        return
    if field.differs_from:
        _another_house(field, str(value), context)
    if not says_something(without(text, context.words.praise), (*context.words.weightless, *field.not_enough)):
        raise NoProof(f"'{quoted(value)}' {_blame(text, context.words, 'is too general')}")
    other = context.about.get(field.same_as, "")
    if other and _letters(other) != _letters(text):
        raise NoProof(f"is for '{quoted(value)}', but the {field.same_as.replace('.', ' ')} is '{quoted(other)}'")


def _letters(text: str) -> str:
    return "".join(c for c in clean(text).casefold() if c.isalnum())


def _another_house(field: ProofField, value: str, context: Context) -> None:
    """Refuse a name that is the maker's own, and one that cannot be told from it because no maker is named."""
    words, main = context.words, field.differs_from[0]
    own = first(clean(value).casefold(), words.own)
    if own:
        raise NoProof(f"'{quoted(value)}' is the maker's own word ('{own}')")
    if mixed_alphabets(value):
        raise NoProof(f"'{quoted(value)}' mixes letters of two alphabets")
    named = without(clean(context.about.get(main, "")).casefold(), (*words.praise, *words.withheld))
    if not says_something(named, words.nothing):
        raise NoProof(f"cannot be told from the maker's own, for no {main.split('.')[1]} is named")
    for place in field.differs_from:
        other = context.about.get(place, "")
        if any(same_house(value, name, words.company) for name in (other, site(other).split(".")[0]) if name):
            raise NoProof(f"'{quoted(value)}' is or looks like the {place.split('.')[1]}, '{quoted(other)}'")


def _count(field: ProofField, value: Any, context: Context) -> None:
    found = float(values.count(value))
    _within(field, values.Range(found, found), "")


def _quantity(field: ProofField, value: Any, context: Context) -> None:
    found = values.quantity(value, field.unit)
    _within(field, found, f" {field.unit}")
    if field.max_spread is not None and found.low > 0 and found.high > found.low * field.max_spread * (1 + 1e-9):
        raise NoProof(f"from {found.low:.3g} to {found.high:.3g} {field.unit} is too wide a range to say anything")


def _within(field: ProofField, found: values.Range, unit: str) -> None:
    low = -math.inf if field.possible_low is None else field.possible_low
    high = math.inf if field.possible_high is None else field.possible_high
    if found.low < low or found.high > high:
        worst = found.low if found.low < low else found.high
        raise NoProof(f"{figure(worst)}{unit} cannot be: {field.impossible or 'out of all bounds'}")
    because = f": {field.short}" if field.short else ""
    word, needed = ("at least", field.at_least) if field.more_than is None else ("more than", field.more_than)
    if needed is not None and (found.low < needed or found.low == field.more_than):
        whole = needed + (field.kind == "count" and word == "more than")
        share = max(0.0, found.low / whole) if whole > 0 else None
        raise NoProof(f"{figure(found.low)}{unit}, where {word} {figure(needed)} is asked{because}", "short", share)
    if field.at_most is not None and found.high > field.at_most:
        raise NoProof(f"{figure(found.high)}{unit}, where at most {figure(field.at_most)} is asked{because}", "short")


def figure(x: float) -> str:
    """A number as a person writes it: thousands apart, powers of ten from a billion up."""
    return f"{x:,.10g}" if abs(x) < 1e9 else f"{x:.3g}".replace("e+", "e")


def _date(field: ProofField, value: Any, context: Context) -> None:
    found = values.day(value)
    if field.expiry and found < context.today:
        raise NoProof(f"it ran out on {found}", "short")
    if not field.expiry and found > context.today:
        raise NoProof(f"{found} is in the future")
    if field.max_age_months is not None and (context.today - found).days > field.max_age_months * 365.25 / 12:
        because = f" ({field.short})" if field.short else ""
        raise NoProof(f"{found} is over {field.max_age_months:g} months ago: expired{because}", "short")


def _link(field: ProofField, value: Any, context: Context) -> None:
    host = site(values.link(value))
    if host in ("", "doi.org", "pubmed.ncbi.nlm.nih.gov"):
        return
    labels = [label for label in host.split(".")[:-1] if len(label) > 3]
    for other in filter(None, (context.about.get(place) for place in field.differs_from)):
        theirs = site(other)
        own = bool(theirs) and (f".{host}".endswith(f".{theirs}") or theirs.endswith(f".{host}"))
        name = theirs.split(".")[0] or other
        if own or any(same_house(label, name, context.words.company) for label in labels):
            raise NoProof(f"'{quoted(value)}' is on the maker's or seller's own site")


def _yes_no(field: ProofField, value: Any, context: Context) -> None:
    answer = "yes" if values.yes_no(value) else "no"
    if field.wanted and answer not in field.wanted:
        raise NoProof(field.short or f"says {answer}", "denied")


def _choice(field: ProofField, value: Any, context: Context) -> None:
    if not isinstance(value, str):
        raise NoProof("says yes and shows nothing" if value is True else "is none of the answers")
    text = clean(value).casefold()
    taken: list[tuple[int, int, str]] = []
    phrases = ((phrase, option.id) for option in field.option for phrase in (option.id, *option.words))
    for phrase, answer in sorted(phrases, key=lambda pair: -len(pair[0])):
        for start, end in spans(text, phrase, negated=False):
            if not any(a < end and start < b for a, b, _ in taken):
                taken.append((start, end, answer))
    answers = dict.fromkeys(answer for _, _, answer in taken)
    if not answers:
        known = ", ".join(o.id.replace("-", " ") for o in field.option)
        blame = _blame(text, context.words, "names none that is known")
        raise NoProof(f"'{quoted(value)}' {blame} (known: {known})")
    if not field.wanted or set(answers) <= set(field.wanted):
        return
    if len(answers) > 1:
        raise NoProof(f"'{quoted(value)}' names more than one: {', '.join(answers)}")
    because = f": {field.short}" if field.short else f", not {' or '.join(field.wanted)}"
    raise NoProof(f"{next(iter(answers)).replace('-', ' ')}{because}", "short")


class Kind(NamedTuple):
    """How a value of this kind is asked for, and what raises `NoProof` unless it shows what a field asks."""

    asked: str
    judge: Callable[[ProofField, Any, Context], None]


KINDS: Mapping[str, Kind] = {
    "text": Kind("in words", _text),
    "count": Kind("a whole number", _count),
    "quantity": Kind("a number with its unit", _quantity),
    "date": Kind("a date such as 2026-03-14", _date),
    "link": Kind("a DOI, number or address", _link),
    "yes-no": Kind("yes or no", _yes_no),
    "choice": Kind("one of these", _choice),
}
