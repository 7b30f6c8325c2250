"""A reading said back in one line, and what it leaves open in plain lines."""

from decimal import Decimal

from decide.catalog import Catalog
from decide.catalog.models import Condition, Market
from decide.question.conditions import readable
from decide.question.names import name_of
from decide.question.request import Budget, Person, Request
from decide.question.vague import left_open, vague_words

PER = {"course": "in all", "session": "a session", "month": "a month"}
_PREFERRED = {
    "cheapest": "the cheapest first",
    "most-effective": "the most effective first",
    "most-proven": "the best proven first",
    "fastest": "the fastest first",
    "least-downtime": "the least downtime first",
    "longest-lasting": "the longest lasting first",
    "safest": "the safest first",
}


WENT = {
    "worked": "worked",
    "failed": "did not work",
    "stopped": "is over",
    "harmed": "did harm",
    "now": "is had now",
}
"""What became of a treatment, in words."""
_ASKS = {
    "sessions": "How many sessions of {}{}, and how often?",
    "price": "What does {} cost{}?",
    "downtime": "How much downtime after {}{}?",
    "onset": "How soon does {} work{}?",
    "duration": "How long does {} last{}?",
    "pain": "Does {} hurt{}?",
    "safety": "Is {} safe{}, and what can go wrong?",
    "combine": "What goes with {}{}?",
}


def restate(request: Request, catalog: Catalog, market: Market) -> str:
    """The reading in one line: "What is best for acne scars, rolling? · up to $2,000 in all · US prices"."""
    asks = _question(request, catalog, market)
    money = [] if _is_at_stake(request) else allowed(request.budget, market)
    subject = [asks] if asks else [part for part in (_concerns(request, catalog), _named(request, catalog)) if part]
    return " · ".join((*subject, *_beside(request, catalog, money), f"{market.name} prices"))


def _question(request: Request, catalog: Catalog, market: Market) -> str:
    """What is asked, as a question; empty where nothing is."""
    about, named = _within(_concerns(request, catalog)), _named(request, catalog)
    towards = f" for {about}" if about else ""
    if request.intent == "best" and about:
        return f"What is best for {about}{f', of {named}' if named else ''}?"
    if request.intent == "plan" and (about or named):
        return f"{named} together{towards}?" if named else f"What plan for {about}?"
    if not named:
        return ""
    if request.intent == "compare":
        return f"{named}{towards}?" if len(request.procedures) > 1 else f"How does {named} compare{towards}?"
    if request.intent == "instead":
        money = allowed(request.budget, market)[0] if request.budget and _is_at_stake(request) else "its money"
        return f"Is {named} worth {money.removeprefix('up to ').removesuffix(' in all')}{towards}?"
    if request.intent == "why" and about:
        return f"Why place {named} in{towards}?" if named.isdecimal() else f"Does {named} help {about}?"
    asked = _ASKS[request.aspect] if request.aspect else "What is {}{}?"
    return asked.format(named, towards)


def _is_at_stake(request: Request) -> bool:
    """Whether a sum is what the one treatment costs, whose worth is asked about."""
    return request.intent == "instead" and request.budget is not None and request.budget.high is not None


def _within(name: str) -> str:
    return name[:1].lower() + name[1:]


def _named(request: Request, catalog: Catalog) -> str:
    joint = " and " if request.intent == "plan" else " or "
    return joint.join(name_of(catalog, p) for p in request.procedures)


def _beside(request: Request, catalog: Catalog, money: list[str]) -> list[str]:
    return [
        *(_quote(quote, catalog) for quote in request.quotes),
        *money,
        *asker(request, catalog),
        *([_PREFERRED[request.prefer]] if request.prefer else []),
    ]


def restated(request: Request, catalog: Catalog, market: Market) -> list[str]:
    """The parts of a reading, its sums in a market's money."""
    subject = (_concerns(request, catalog), _named(request, catalog))
    return [*filter(None, subject), *_beside(request, catalog, allowed(request.budget, market))]


def asker(request: Request, catalog: Catalog) -> list[str]:
    """What limits an answer beside its subject and money: what is ruled out, and who asks."""
    return [*_ruled_out(request, catalog), *_person(request.person, catalog), *_history(request, catalog)]


def explain_gaps(request: Request, catalog: Catalog) -> list[str]:
    """What the reading leaves open: what was said of the person and not read comes first, then ambiguous words with
    their choices, and words that were not used.
    """
    lines: list[str] = []
    unknown = [words for words in request.unread if not vague_words(catalog, words)]
    if unknown:
        said = " and ".join(f"'{_plain(words)}'" for words in unknown)
        lines.append(
            f"you said {said}, which this cannot read: medicines, injections, light and what breaks the "
            "skin are not ranked until you say more"
        )
    for words in request.unread:
        asks = dict.fromkeys(entry.asks for entry in left_open(catalog, request.person, words))
        lines.extend(f"you said '{_plain(words)}': {ask}; what that decides is asked about first" for ask in asks)
    if request.ambiguous:
        names = [catalog.concerns[c].name if c in catalog.concerns else c for c in request.ambiguous]
        lines.append(f"{_shared_words(request.ambiguous, catalog)} may mean {_either(names)}: say which")
    lines += [f"read '{_plain(slip.typed)}' as {slip.read}" for slip in request.respelled]
    lines += _had_before(request, catalog)
    about = " ".join(request.unread)
    for words in request.not_understood:
        lines.extend(f"about '{_plain(words)}': {known.question}" for known in _in_part(words, request, catalog))
    budget = request.budget
    if budget and budget.low is not None:
        lines.append("the least to spend is not used: what costs less is told too")
    lines += _one_side(request, catalog)
    if request.intent == "plan" and len({c.id for c in request.concerns}) < len(request.concerns):
        lines.append("a plan holds one kind of a concern: each is told by itself")
    elif request.intent == "plan" and request.concerns and not (budget and budget.high):
        lines.append("a plan needs the most that may be spent: each concern is told by itself")
    unused = [w for w in request.not_understood if w not in about and not _in_part(w, request, catalog)]
    if unused:
        lines.append(f"not used: {', '.join(repr(_plain(words)) for words in unused)}")
    return lines


def _one_side(request: Request, catalog: Catalog) -> list[str]:
    """What a comparison lacks that has one side here: the other is not known, or is another name of the same."""
    if request.intent != "compare" or len(request.procedures) != 1:
        return []
    name = name_of(catalog, request.procedures[0])
    if request.not_understood:
        return [f"nothing is known here of '{_plain(request.not_understood[0])}', so {name} stands without it"]
    return [f"both names are {name} here: what is known does not tell them apart"]


def _had_before(request: Request, catalog: Catalog) -> list[str]:
    """What a history does to an answer: what failed is left out, what was had otherwise is no news."""
    names = {had.procedure: name_of(catalog, had.procedure) for had in request.history}
    lines = [f"you said that {names[p]} did not work: it is not offered again" for p in names if p in request.failed]
    wide = [names[p] for p in names if p in request.failed and p in catalog.families]
    lines = [line for line in lines if not any(name in line for name in wide)]
    lines += [f"you said that {name} did not work, and not which: that one may stand here again" for name in wide]
    others = [names[p] for p in names if p not in request.failed]
    if others:
        lines.append(f"you had {' and '.join(others)} before: a figure here is of somebody who starts with it")
    return lines


def _in_part(words: str, request: Request, catalog: Catalog) -> list[Condition]:
    """The conditions of the person that these words were read as."""
    from decide.question.vocabulary import CONDITION, Vocabulary, tokens_of

    meant = {hit.get(CONDITION) for hit in Vocabulary.of(catalog).matches(tokens_of(words))}
    return [catalog.conditions[c] for c in request.person.conditions if c in meant]


def _plain(words: str) -> str:
    return words.replace("'", "’")


def _concerns(request: Request, catalog: Catalog) -> str:
    kinds: dict[str, list[str]] = {}
    for concern in request.concerns:
        kinds.setdefault(concern.id, []).extend([concern.subtype.replace("-", " ")] if concern.subtype else [])
    named = [
        ", ".join([catalog.concerns[c].name if c in catalog.concerns else c, *([" and ".join(k)] if k else [])])
        for c, k in kinds.items()
    ]
    return " + ".join(named)


def allowed(budget: Budget | None, market: Market) -> list[str]:
    """What may be spent, in the market in force: "up to £900 in all"; its long sign where its currency was written."""
    if budget is None:
        return []
    symbol = market.long_symbol if budget.currency else market.symbol
    low, high = (f"{symbol}{_sum(end)}" if end is not None else "" for end in (budget.low, budget.high))
    said = f"{low} to {high}" if low and high else f"up to {high}" if high else f"at least {low}"
    return [f"{said} {PER[budget.per]}"]


def _quote(quote: str, catalog: Catalog) -> str:
    procedure, _, price = quote.partition("=")
    money, _, unit = price.partition("/")
    each = f" {'an' if unit[:1] == 'a' else 'a'} {unit}" if unit else ""
    return f"{name_of(catalog, procedure)} at {money}{each}"


def _sum(amount: Decimal) -> str:
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def _ruled_out(request: Request, catalog: Catalog) -> list[str]:
    days = request.max_downtime_days
    return [
        *(catalog.avoids[a].says if a in catalog.avoids else f"no {a}" for a in request.avoid),
        *(f"not {name_of(catalog, p)}" for p in request.exclude),
        *([f"at most {days:g} day{'' if days == 1 else 's'} of downtime"] if days is not None else []),
    ]


def _person(person: Person, catalog: Catalog) -> list[str]:
    return [
        *(state.says for state in person.states),
        *([f"skin type {person.skin_type}"] if person.skin_type else []),
        *([f"age {person.age}"] if person.age is not None else []),
        *([person.sex] if person.sex else []),
        *(readable(catalog, condition) for condition in person.conditions),
    ]


def _history(request: Request, catalog: Catalog) -> list[str]:
    return [f"{name_of(catalog, had.procedure)} {WENT.get(had.went or '', 'was had')}" for had in request.history]


def _shared_words(ambiguous: tuple[str, ...], catalog: Catalog) -> str:
    """The words that exactly these concerns share: "spots"."""
    lists = [set(catalog.concerns[c].words) for c in ambiguous if c in catalog.concerns]
    others = {w for c in catalog.concerns.values() if c.id not in ambiguous for w in c.words}
    shared = sorted(set.intersection(*lists) - others, key=lambda w: (" " in w, w)) if lists else []
    plain = [w for w in shared if " " not in w]
    return " or ".join(f"'{_plural(word)}'" for word in plain[:2]) or "one word"


def _plural(word: str) -> str:
    return f"{word}es" if word.endswith(("ch", "sh", "s", "x")) else f"{word}s"


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
