"""A question in a person's own words, read into a `Request`; or said plainly what could not be read.

The text is cut into tokens and known phrases (`sheet`), and readers take turns, each on what the ones before left: age
and skin type, days of downtime, money, place, what is ruled out, concerns, preference, intent. What carries meaning and
no reader used goes to `not_understood`. Nothing is learned and nothing is guessed; the same text always reads the same.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.aspect import read_aspect, read_fact, read_together
from decide.question.concerns import read_concerns
from decide.question.durations import read_downtime
from decide.question.english import is_english
from decide.question.harms import read_harms
from decide.question.history import read_past
from decide.question.intent import Found, read_intent
from decide.question.money_words import UnitSum, read_budget, read_unit_sums
from decide.question.names import name_of
from decide.question.people import LEFT_OPEN, person_of, read_ages, read_births, read_sex, read_skin_type, read_states
from decide.question.phrases import Hit
from decide.question.redflags import read_red_flags
from decide.question.request import AskedConcern, Prefer, Request, Respelled
from decide.question.scope import Scopes, read_scopes
from decide.question.sheet import Read, Sheet, sheet_of
from decide.question.treatments import read_treatments
from decide.question.unread import about_the_person
from decide.question.vocabulary import CONDITION, PLACE, PROCEDURE, VAGUE, Vocabulary
from decide.question.whose import of_bystanders, of_relatives

MAX_LENGTH = 20_000
"""A question with more characters than this is not read."""
MOST_UNREAD = 40
LONGEST_UNREAD = 80


def understand(text: str, catalog: Catalog) -> Request:
    """Read a question.

    Raises
    ------
    InputError : the text is longer than `MAX_LENGTH` characters.
    """
    if len(text) > MAX_LENGTH:
        raise InputError(f"the question is too long: {len(text):,} characters", f"the limit is {MAX_LENGTH:,}")
    sheet = sheet_of(text, catalog)
    vocabulary = Vocabulary.of(catalog)

    births = read_births(sheet)
    born = {span: first == last for span, (first, last) in births}
    open_births = tuple((span.start, span.stop - 1) for span, sure in born.items() if not sure)
    age, skin, sex = read_ages(sheet, births), read_skin_type(sheet), read_sex(sheet)
    downtime = read_downtime(sheet, age.used | skin.used)
    unit_sums = read_unit_sums(sheet, age.used | skin.used | downtime.used)
    in_units = frozenset(i for price in unit_sums for i in price.used)
    budget = read_budget(sheet, age.used | skin.used | downtime.used | in_units)
    taken = age.used | skin.used | downtime.used | budget.used
    market = read_market(sheet, taken)
    fact, beside = read_fact(sheet), read_together(sheet)
    scopes = read_scopes(sheet, taken | fact.used | beside)
    negated = frozenset(i for hit in sheet.hits if scopes.of(hit) == "no" for i in hit.indices)
    states = read_states(sheet, negated)
    concerns = read_concerns(sheet, vocabulary, scopes, taken | fact.used)
    harms = read_harms(sheet, fact.used)
    past = read_past(sheet, harms)
    treatments = read_treatments(sheet, catalog, scopes, taken | concerns.unread, past)
    prefer = read_preference(sheet, scopes, taken | fact.used)

    named = [hit for hit in sheet.of(PROCEDURE) if hit.get(PROCEDURE) in treatments.procedures]
    quotes = _quotes(unit_sums, named, catalog)
    used = (
        taken | fact.used | beside
        | quotes.used | market.used | scopes.used | states.used | treatments.used | concerns.used | prefer.used
        | sex.used | past.used | _said_for_nothing(sheet)
    )  # fmt: skip
    unread = treatments.unread | concerns.unread | frozenset(i for a, b in open_births for i in range(a, b + 1))
    left = _left_over(sheet, used, unread)
    intent = read_intent(
        sheet,
        Found(
            treatments.mentions,
            len({c for c, _ in concerns.named}),
            bool(concerns.ambiguous),
            left,
            prefer.value is not None,
            beside,
            budget.value is not None,
        ),
        taken | prefer.used,
    )
    place = read_place(sheet, taken) if len(concerns.named) == 1 and not treatments.procedures else Read("")
    aspect = read_aspect(sheet, intent.value, len(treatments.procedures), taken | prefer.used, fact)
    ruled_out = frozenset(
        i for hit in sheet.of(VAGUE) if hit.get(PROCEDURE) and scopes.of(hit) == "no" for i in hit.indices
    )
    still = _left_over(sheet, used | intent.used | place.used | aspect.used, unread) - ruled_out
    still -= frozenset(i for span, sure in born.items() if sure and age.value is not None for i in span)
    asked = ("why", "best") if fact.value else ("why",)
    one_fact = aspect.value not in (None, "combine") and intent.value in asked and len(treatments.procedures) == 1
    same = _one_procedure(sheet, treatments.mentions) if intent.value in ("compare", "show") else ()
    asks = bool(concerns.named or treatments.procedures or treatments.mentions)
    partly = _read_in_part(sheet, catalog, states.value.get("conditions", ()), asks=asks)
    return Request(
        intent="why" if place.value else "show" if one_fact else intent.value,
        concerns=tuple(AskedConcern(id=concern, subtype=subtype) for concern, subtype in concerns.named),
        procedures=(place.value,) if place.value else treatments.procedures,
        budget=budget.value,
        quotes=quotes.value,
        market=market.value or next((m.id for m in catalog.markets.values() if m.currency in _money(unit_sums)), None),
        person=person_of(age.value, _sex_beside(sex.value, states.value), skin.value, states.value),
        avoid=treatments.avoid,
        exclude=treatments.exclude,
        max_downtime_days=downtime.value,
        prefer=prefer.value,
        same=same,
        ambiguous=concerns.ambiguous,
        not_understood=tuple(_told(sheet, still | partly)),
        unread=_about(sheet, still, harms.told, open_births),
        red_flags=tuple(
            dict.fromkeys(sheet.said(first, last) for first, last in read_red_flags(catalog, sheet.tokens))
        ),
        history=treatments.history,
        aspect=aspect.value,
        products=treatments.products,
        respelled=tuple(_respelled(sheet, catalog)),
    )


def _respelled(sheet: Sheet, catalog: Catalog) -> Iterable[Respelled]:
    """The slips of the hand that were mended, each once, but of words that say nothing."""
    slips = [i for i in sorted(sheet.mended) if not sheet.is_filler(i)]
    found = dict.fromkeys((sheet.tokens[i].raw, _known_as(sheet, catalog, i)) for i in slips)
    return [Respelled(typed=typed[:LONGEST_UNREAD], read=read) for typed, read in list(found)[:MOST_UNREAD]]


def _one_procedure(sheet: Sheet, mentions: Sequence[Hit]) -> tuple[str, ...]:
    """Several names as they were typed, where all are of one procedure."""
    names = tuple(dict.fromkeys(sheet.said(hit.start, hit.end - 1) for hit in mentions))
    return names if len(names) > 1 and len({hit.get(PROCEDURE) for hit in mentions}) == 1 else ()


def _about(
    sheet: Sheet, left: frozenset[int], harms: Sequence[tuple[int, int]], births: Sequence[tuple[int, int]]
) -> tuple[str, ...]:
    """What is about the person and was not read; what is told of a relative only where it may be the asker who is."""
    told = of_relatives(sheet)
    left -= {i for a, b in births for i in range(a, b + 1)}
    theirs = of_bystanders(sheet) | {i for a, b in told.spans for i in range(a, b + 1)}
    return about_the_person(sheet, left - theirs, (*harms, *births, *(told.spans if told.open else ())))


def _quotes(sums: Sequence[UnitSum], mentions: Sequence[Hit], catalog: Catalog) -> Read[tuple[str, ...]]:
    """Prices of a unit, each of the procedure named last before it, or of the only one; unused where that is unsure."""
    signs = {m.currency: m.long_symbol for m in catalog.markets.values()}
    named = {hit.get(PROCEDURE) for hit in mentions}
    found, used = [], set[int]()
    for price in sums:
        before = [hit.get(PROCEDURE) for hit in mentions if hit.start < price.start]
        procedure = before[-1] if before else next(iter(named)) if len(named) == 1 else None
        if procedure is not None:
            found.append(f"{procedure}={signs.get(price.currency or '', '$')}{price.value:f}/{price.unit}")
            used |= price.used
    return Read(tuple(found), frozenset(used))


def _money(sums: Sequence[UnitSum]) -> set[str]:
    return {price.currency for price in sums if price.currency}


def _sex_beside(sex: str | None, states: dict[str, Any]) -> str | None:
    """The sex that was read, unless it is another's: whoever is pregnant or feeds a child is no man."""
    return None if sex == "male" and (states.get("pregnant") or states.get("breast_feeding")) else sex


def _read_in_part(sheet: Sheet, catalog: Catalog, conditions: Iterable[str], *, asks: bool) -> frozenset[int]:
    """The words of conditions that are read, and say more than the reading holds.

    So it is with devices and allergies, of which it matters which; with a type or stage by its number; with what is
    told as the cause of a concern, or named as one more thing to treat; and where nothing else was asked.
    """
    found: set[int] = set()
    for hit in sheet.of(CONDITION):
        known = catalog.conditions.get(hit.get(CONDITION))
        if known is None or known.id not in conditions:
            continue
        wished = known.kind == "skin" and sheet.word(hit.end) == "and" and hit.start == 0
        cause = sheet.word(hit.start - 1) in _CAUSES and bool(sheet.of("concern"))
        numbered = any(sheet.tokens[i].number is not None for i in hit.indices)
        if not asks or wished or cause or numbered or known.kind in _WHICH:
            found.update(hit.indices)
    return frozenset(found)


def _known_as(sheet: Sheet, catalog: Catalog, index: int) -> str:
    """The word that a slip was read as; the name of a treatment where it is one by itself."""
    hit = sheet.hit_at(index)
    procedure = hit.get(PROCEDURE) if hit is not None and len(hit.indices) == 1 else None
    return name_of(catalog, procedure) if procedure else sheet.word(index)


_WHICH = ("implant", "allergy")
_CAUSES = ("after", "from", "since", "following")


def read_market(sheet: Sheet, taken: frozenset[int]) -> Read[str | None]:
    """The market of the place that was named; two places in different markets are none."""
    hits = [hit for hit in sheet.of(PLACE) if taken.isdisjoint(hit.indices)]
    markets = {market for hit in hits for market in hit.all(PLACE)}
    if len(markets) != 1:
        return Read(None)
    return Read(markets.pop(), _tokens(hits))


def read_place(sheet: Sheet, taken: frozenset[int]) -> Read[str]:
    """The place in a ranking whose reasons are asked for: "why 1", "why is number 2 first"."""
    for match, place in sheet.find(r"\bwhy (?:is )?(?:number |option |place )?(\d{1,2})\b(?: first| there)?", taken):
        return Read(match[1], frozenset(place))
    return Read("")


def read_preference(sheet: Sheet, scopes: Scopes, taken: frozenset[int]) -> Read[Prefer | None]:
    """What matters most, if one thing was named; a second thing stays unread."""
    first: Prefer | None = None
    used: set[int] = set()
    for hit in sheet.of("prefer"):
        free = taken.isdisjoint(hit.indices) and scopes.used.isdisjoint(hit.indices)
        meant = sheet.word(hit.start - 1) not in ("not", "how") and _is_of_a_result(sheet, hit)
        if free and meant and first in (None, hit.get("prefer")):
            first = hit.get("prefer")
            used.update(hit.indices)
    return Read(first, frozenset(used))


def _is_of_a_result(sheet: Sheet, hit: Hit) -> bool:
    """Whether a word that tells much beside a preference stands by a treatment or its result: "a fast fix", and not "it
    grows fast", "permanently tired".
    """
    if not all(sheet.says("weak", i) for i in hit.indices):
        return True
    near = range(max(0, hit.start - _BESIDE), min(len(sheet.tokens), hit.end + _BESIDE))
    beside = [sheet.says("result", i) or bool((h := sheet.hit_at(i)) and h.get(PROCEDURE)) for i in near]
    return any(beside) or sheet.word(hit.start - 1) == ","


_BESIDE = 3


def _tokens(hits: Iterable[Hit]) -> frozenset[int]:
    return frozenset(i for hit in hits for i in hit.indices)


def _said_for_nothing(sheet: Sheet) -> frozenset[int]:
    return _tokens(sheet.cues("filler", "neutral", "can use", "best", "not plan"))


def _left_over(sheet: Sheet, used: frozenset[int], unread: frozenset[int]) -> frozenset[int]:
    """The tokens that carry meaning and were not used."""
    unread |= (
        _tokens(sheet.cues("unread"))
        | _tokens(sheet.of(VAGUE))
        | frozenset(
            i
            for hit in sheet.hits
            for i in (
                *(hit.indices if hit.get("state") in LEFT_OPEN else ()),
                *(j for a, b in hit.all("beside") for j in range(a, b)),
            )
        )
    )
    left = {
        i
        for i, token in enumerate(sheet.tokens)
        if i in unread or (i not in used and not token.is_sign and not token.spelled and not sheet.is_filler(i))
    }
    left |= {
        i for i, t in enumerate(sheet.tokens) if i not in used and t.text in ("%", "€", "¥", "₹") and i - 1 in left
    }
    spelled = {
        i for i, t in enumerate(sheet.tokens) if t.spelled and i not in used and (i + 1 in left or i - 1 in left)
    }
    return frozenset(left | spelled)


def _told(sheet: Sheet, left: frozenset[int]) -> list[str]:
    """The words left over as they were typed, neighbours together, what may change most first; no endless ones."""
    runs: list[list[int]] = []
    for i in sorted(left):
        if not runs or i != runs[-1][-1] + 1:
            runs.append([])
        runs[-1].append(i)
    runs.sort(key=lambda run: _weight(sheet, run))
    said = (sheet.said(run[0], run[-1]) for run in runs)
    return list(dict.fromkeys(s if len(s) <= LONGEST_UNREAD else f"{s[:LONGEST_UNREAD]}…" for s in said))[:MOST_UNREAD]


def _weight(sheet: Sheet, run: Sequence[int]) -> int:
    """How little words left over may change: those of health first, then what is denied, names, money, all else."""
    if any(sheet.says("ill", i) or ((hit := sheet.hit_at(i)) and hit.get(VAGUE) is not None) for i in run):
        return 0
    before = (hit for i in range(max(0, run[0] - 2), run[-1] + 1) if (hit := sheet.hit_at(i)))
    if any("no" in hit.all("cue") for hit in before):
        return 1
    if any(sheet.word(i).isalpha() and not sheet.is_filler(i) and _is_rare(sheet, i) for i in run):
        return 2
    return 3 if any(sheet.tokens[i].number is not None for i in run) else 4


def _is_rare(sheet: Sheet, index: int) -> bool:
    return not is_english(sheet.tokens[index].text, sheet.tokens[index].stem)
