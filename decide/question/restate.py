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


def restate(request: Request, catalog: Catalog, market: Market) -> str:
    """The reading in one line: "Acne scars, rolling · up to $2,000 in all · US prices"."""
    return " · ".join((*restated(request, catalog, market), f"{market.name} prices"))


def restated(request: Request, catalog: Catalog, market: Market) -> list[str]:
    """The parts of a reading, its sums in a market's money."""
    parts = [
        _concerns(request, catalog),
        " or ".join(name_of(catalog, p) for p in request.procedures),
        *(_quote(quote, catalog) for quote in request.quotes),
        *allowed(request.budget, market),
        *asker(request, catalog),
        _PREFERRED[request.prefer] if request.prefer else "",
    ]
    return [part for part in parts if part]


def asker(request: Request, catalog: Catalog) -> list[str]:
    """What limits an answer beside its subject and money: what is ruled out, and who asks."""
    return [*_ruled_out(request, catalog), *_person(request.person, catalog)]


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
    about = " ".join(request.unread)
    for words in request.not_understood:
        lines.extend(f"about '{_plain(words)}': {known.question}" for known in _in_part(words, request, catalog))
    budget = request.budget
    if budget and budget.low is not None:
        lines.append("the least to spend is not used: what costs less is told too")
    if request.intent == "plan" and not (budget and budget.high):
        lines.append("a plan needs the most that may be spent: each concern is told by itself")
    unused = [w for w in request.not_understood if w not in about and not _in_part(w, request, catalog)]
    if unused:
        lines.append(f"not used: {', '.join(repr(_plain(words)) for words in unused)}")
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
