"""One field: whether what is said of it shows what the framework asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from decide.catalog.models import ProofField, Words
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


class NotEnough(Exception):  # noqa: N818 - an outcome, not an error
    """A sound value that does not reach what is asked; `share` says how far it gets where that can be told."""

    def __init__(self, reason: str, state: State = "short", share: float | None = None) -> None:
        super().__init__(reason)
        self.state = state
        self.share = share


def judge(field: ProofField, value: Any, context: Context) -> FieldFinding:
    """What a value shows for a field."""
    label = field.id.replace("-", " ")
    value = _joined(value)
    if _says_nothing(field, value, context.words):
        given = isinstance(value, str) and bool(clean(value))
        reason = f"{label}: says '{quoted(value)}'" if given else ""
        return _found(field, "missing", quoted(value) if given else "", reason)
    said = quoted(value)
    try:
        if isinstance(value, str) and field.kind != "yes-no":
            _no_excuse(field, value, context.words)
        KINDS[field.kind](field, value, context)
    except NoProof as error:
        return _found(field, "claimed", said, f"{label}: {error}")
    except NotEnough as error:
        return _found(field, error.state, said, f"{label}: {error}", error.share)
    return _found(field, "proven", said, "")


def _found(field: ProofField, state: State, said: str, reason: str, share: float | None = None) -> FieldFinding:
    return FieldFinding(id=field.id, ask=field.ask, way=field.way, state=state, said=said, reason=reason, share=share)


def _joined(value: Any) -> Any:
    """A list of words as one text; anything else as it is."""
    if isinstance(value, list) and all(isinstance(x, str | int | float) and not isinstance(x, bool) for x in value):
        return ", ".join(map(str, value))
    return value


def _says_nothing(field: ProofField, value: Any, words: Words) -> bool:
    if value is None or value in ({}, []):
        return True
    if value is False and field.kind != "yes-no":
        return True
    if not isinstance(value, str):
        return False
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
    held_back = first(without(text, words.praise), words.withheld)
    if held_back and not field.mentions:
        raise NoProof(f"'{quoted(value)}' holds the fact back")


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
    left = without(text, context.words.praise)
    if not says_something(left, (*context.words.weightless, *field.not_enough)):
        praise = first(text, context.words.praise)
        blame = f"rests on '{praise}', which shows nothing" if praise else "is too general"
        raise NoProof(f"'{quoted(value)}' {blame}")
    if field.same_as:
        other = context.about.get(field.same_as, "")
        if other and _letters(other) != _letters(str(value)):
            raise NoProof(f"is for '{quoted(value)}', but the {field.same_as.replace('.', ' ')} is '{quoted(other)}'")


def _letters(text: str) -> str:
    return "".join(c for c in clean(text).casefold() if c.isalnum())


def _another_house(field: ProofField, value: str, context: Context) -> None:
    """Refuse a name that is the maker's own, and one that cannot be told from it because no maker is named."""
    own = first(clean(value).casefold(), context.words.own)
    if own:
        raise NoProof(f"'{quoted(value)}' is the maker's own word ('{own}')")
    if mixed_alphabets(value):
        raise NoProof(f"'{quoted(value)}' mixes letters of two alphabets")
    main = field.differs_from[0]
    named = context.about.get(main, "")
    hidden = (*context.words.praise, *context.words.withheld)
    if not says_something(without(clean(named).casefold(), hidden), context.words.nothing):
        raise NoProof(f"cannot be told from the maker's own, for no {main.split('.')[1]} is named")
    for place in field.differs_from:
        other = context.about.get(place, "")
        names = [other, site(other).split(".")[0]] if site(other) else [other]
        for name in filter(None, names):
            if same_house(value, name, context.words.company):
                raise NoProof(f"'{quoted(value)}' is or looks like the {place.split('.')[1]}, '{quoted(other)}'")


def _count(field: ProofField, value: Any, context: Context) -> None:
    _within(field, values.Range(*(2 * (float(values.count(value)),))), "")


def _quantity(field: ProofField, value: Any, context: Context) -> None:
    found = values.quantity(value, field.unit)
    _within(field, found, f" {field.unit}")
    if field.max_spread is not None and found.low > 0 and found.high > found.low * field.max_spread * (1 + 1e-9):
        raise NoProof(f"from {found.low:.3g} to {found.high:.3g} {field.unit} is too wide a range to say anything")


def _within(field: ProofField, found: values.Range, unit: str) -> None:
    low, high = field.possible_low, field.possible_high
    if (low is not None and found.low < low) or (high is not None and found.high > high):
        worst = found.low if low is not None and found.low < low else found.high
        raise NoProof(f"{figure(worst)}{unit} cannot be: {field.impossible or 'out of all bounds'}")
    needed = field.at_least if field.at_least is not None else field.more_than
    because = f": {field.short}" if field.short else ""
    below = needed is not None and (found.low < needed or (field.more_than is not None and found.low == needed))
    if needed is not None and below:
        word = "at least" if field.at_least is not None else "more than"
        whole = needed if field.at_least is not None or field.kind != "count" else needed + 1
        share = max(0.0, found.low / whole) if whole > 0 else None
        raise NotEnough(f"{figure(found.low)}{unit}, where {word} {figure(needed)} is asked{because}", share=share)
    if field.at_most is not None and found.high > field.at_most:
        raise NotEnough(f"{figure(found.high)}{unit}, where at most {figure(field.at_most)} is asked{because}")


def figure(x: float) -> str:
    """A number as a person writes it: thousands apart, powers of ten from a billion up."""
    return f"{x:,.10g}" if abs(x) < 1e9 else f"{x:.3g}".replace("e+", "e")


def _date(field: ProofField, value: Any, context: Context) -> None:
    found = values.day(value)
    if field.expiry:
        if found < context.today:
            raise NotEnough(f"it ran out on {found}")
        return
    if found > context.today:
        raise NoProof(f"{found} is in the future")
    if field.max_age_months is not None and (context.today - found).days > field.max_age_months * 365.25 / 12:
        because = f" ({field.short})" if field.short else ""
        raise NotEnough(f"{found} is over {field.max_age_months:g} months ago: expired{because}")


def _link(field: ProofField, value: Any, context: Context) -> None:
    found = values.link(value)
    host = site(found)
    if host in ("", "doi.org", "pubmed.ncbi.nlm.nih.gov"):
        return
    labels = [label for label in host.split(".")[:-1] if len(label) > 3]
    for place in field.differs_from:
        other = context.about.get(place, "")
        theirs = site(other)
        names = theirs.split(".")[:1] if theirs else [other] if other else []
        own = bool(theirs) and (host == theirs or host.endswith(f".{theirs}") or theirs.endswith(f".{host}"))
        if own or any(same_house(label, name, context.words.company) for label in labels for name in names):
            raise NoProof(f"'{quoted(value)}' is on the maker's or seller's own site")


def _yes_no(field: ProofField, value: Any, context: Context) -> None:
    answer = "yes" if values.yes_no(value) else "no"
    if field.wanted and answer not in field.wanted:
        raise NotEnough(field.short or f"says {answer}", state="denied")


def _choice(field: ProofField, value: Any, context: Context) -> None:
    if not isinstance(value, str):
        raise NoProof("says yes and shows nothing" if value is True else "is none of the answers")
    text = clean(value).casefold()
    taken: list[tuple[int, int, str]] = []
    for phrase, answer in sorted(
        ((p, o.id) for o in field.option for p in (o.id, *o.words)), key=lambda pair: -len(pair[0])
    ):
        for start, end in spans(text, phrase, negated=False):
            if not any(a < end and start < b for a, b, _ in taken):
                taken.append((start, end, answer))
    answers = dict.fromkeys(answer for _, _, answer in taken)
    if not answers:
        praise = first(text, context.words.praise)
        known = ", ".join(o.id.replace("-", " ") for o in field.option)
        blame = f"rests on '{praise}', which shows nothing" if praise else "names none that is known"
        raise NoProof(f"'{quoted(value)}' {blame} (known: {known})")
    if field.wanted and len(answers) > 1 and not set(answers) <= set(field.wanted):
        raise NoProof(f"'{quoted(value)}' names more than one: {', '.join(answers)}")
    if field.wanted and not set(answers) & set(field.wanted):
        named = ", ".join(answers).replace("-", " ")
        raise NotEnough(f"{named}" + (f": {field.short}" if field.short else f", not {' or '.join(field.wanted)}"))


KINDS: Mapping[str, Callable[[ProofField, Any, Context], None]] = {
    "text": _text,
    "count": _count,
    "quantity": _quantity,
    "date": _date,
    "link": _link,
    "yes-no": _yes_no,
    "choice": _choice,
}
