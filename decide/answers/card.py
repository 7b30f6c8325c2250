"""A procedure's card: what it is, how it works, what it costs and asks, who may not have it, who says what about it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import field
from typing import Literal

from pydantic import computed_field

from decide.alternatives.candidates import effects_for
from decide.alternatives.cell import Cell, Frequency, Ref, spread
from decide.alternatives.costs import price_ref
from decide.alternatives.delivery import AFTERWARDS, fact_ref
from decide.alternatives.eligibility import parts_of, screen
from decide.alternatives.pricing import PriceBook, Why, for_sale, voices
from decide.alternatives.screening import Screening
from decide.answers.base import Facts, Units, units_of
from decide.answers.claims import Said, said_of
from decide.catalog import Catalog
from decide.catalog.kinds import kinds_of
from decide.catalog.models import Practice, Price, Procedure, Sex
from decide.criteria.risk import risk
from decide.evidence.benefit import synthesis_of
from decide.evidence.certainty import certainty_of
from decide.evidence.index import Effect, effect_of
from decide.lazily import dataclass
from decide.question.asker import sex_of
from decide.question.names import lower_first, option_named
from decide.question.problem import Problem
from decide.question.request import Aspect, Request
from decide.result import Result

GIVEN = (
    "sessions", "interval-weeks", "downtime-days", "onset-weeks", "durability-months", "upkeep", "absorption",
    "pairing", "notice",
)  # fmt: skip
"""The kinds of practice fact that tell how a thing is given."""


@dataclass(frozen=True, kw_only=True)
class ConcernLine:
    """What a procedure is expected to gain for one concern (or one `kind` of it), and how sure that is; `series` where
    no comparison of its own stands behind it.
    """

    concern: str
    kind: str = ""
    name: str
    scale: str
    low: float
    typical: float
    high: float
    measured: bool
    stars: int
    series: bool


@dataclass(frozen=True, kw_only=True)
class Barred:
    """A condition with which a source warns of it; `part` is what in it the warning is about, where not it itself."""

    value: str
    source: str
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class NotUsed:
    """A price that was seen and is not used, and why."""

    why: Why
    ref: Ref


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A document (`source`) that names it for a concern or a kind of it, in which line; in none of its own without."""

    line: str = ""
    concern: str
    kind: str = ""
    source: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The one fact that was asked for: its figure, for the concern that was asked about where a source tells of it,
    else for any; of a price its `unit`, and how many visits are usual; of visits how many weeks `apart`, and how many
    months the result `lasts` until it is had again; of either what sources say of its `upkeep`; of safety the `harms`
    that were counted. Without a figure no source gives one.
    """

    what: Aspect
    figure: Cell | None = None
    unit: str = ""
    visits: Cell | None = None
    apart: Cell | None = None
    lasts: Cell | None = None
    upkeep: tuple[Ref, ...] = ()
    harms: tuple[Ref, ...] = ()
    at_home: bool = False


FACT_OF: Mapping[Aspect, str] = {
    "sessions": "sessions", "downtime": "downtime-days", "onset": "onset-weeks", "duration": "durability-months",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Card(Result):
    """One procedure."""

    kind: Literal["card"] = "card"
    request: Request
    procedure: Procedure
    market: str
    market_name: str
    currency: str
    symbol: str
    prices: tuple[Ref, ...]
    borrowed_from: str = ""
    doubtful: bool
    starting: bool
    voices: int
    not_used: tuple[NotUsed, ...]
    given: tuple[Ref, ...]
    forbidden: tuple[Barred, ...]
    cautions: tuple[Barred, ...]
    screening: Screening
    concerns: tuple[ConcernLine, ...]
    said: tuple[Said, ...]
    named: tuple[Guide, ...]
    asked: Asked | None = None
    catalog: Facts = field(repr=False, compare=False)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def units(self) -> Units:
        """What its figures are in."""
        return units_of(self.catalog, self.currency, *(line.concern for line in self.concerns))


def cards(problem: Problem, asked: str) -> list[Card]:
    """The card of a procedure, of both parts of a pairing, or of each member of a family.

    Raises
    ------
    InputError : an unknown name.
    """
    option = option_named(problem.catalog, asked)
    members = [option.base, option.procedure] if option.base else problem.catalog.members(option.procedure)
    return [card(problem, name) for name in members]


def _lines(catalog: Catalog, concern: str, effect: Effect, sex: Sex | None) -> Iterator[ConcernLine]:
    """What an effect does for a concern: a line for each kind that has figures, where kinds stand apart.

    What it does for a kind that is of the other sex than who asks is nothing to them.
    """
    known = catalog.concerns[concern]
    kinds = {kind.id: kind.name for kind in known.subtype if not kind.whole} if kinds_of(known).apart else {}
    others = {kind.id for kind in known.subtype if sex and kind.sex not in (None, sex)}
    figures = [kind for kind in kinds if synthesis_of(catalog, concern, kind).studied(effect)]
    for kind in [kind for kind in figures if kind not in others] if figures else [known.default_kind or ""]:
        found = synthesis_of(catalog, concern, kind)
        expected, certain = found.expected(effect), certainty_of(catalog, concern, kind, effect)
        yield ConcernLine(
            concern=concern,
            kind=kind if figures else "",
            name=f"{known.name}, {lower_first(kinds[kind])}" if figures else known.name,
            scale=known.scale,
            low=expected.low,
            typical=expected.mean,
            high=expected.high,
            measured=expected.studied,
            stars=certain.stars,
            series=certain.working.series,
        )


def _asked(problem: Problem, known: Procedure, given: Sequence[Ref], prices: Sequence[Ref]) -> Asked | None:
    what = problem.request.aspect
    if what is None or what == "combine":
        return None
    concerns = {concern.id for concern in problem.concerns}
    visits = _figure(given, "sessions", concerns)
    if what == "price":
        told = [ref for ref in prices if isinstance(ref.fact, Price)]
        units = Counter(ref.fact.unit for ref in told if isinstance(ref.fact, Price))
        if not units:
            return Asked(what=what)
        unit = units.most_common(1)[0][0]
        chosen = [(ref, ref.fact) for ref in told if isinstance(ref.fact, Price) and ref.fact.unit == unit]
        low, middle, high = spread([(float(price.low), float(price.high)) for _, price in chosen])
        cell = Cell(low=low, typical=middle, high=high, basis="facts", refs=tuple(ref for ref, _ in chosen))
        return Asked(what=what, figure=cell, unit=unit, visits=visits if unit == "session" else None)
    counted = risk(problem.catalog, effect_of(problem.catalog, known.id), problem.person.skin_type).refs
    lasts = _figure(given, "durability-months", concerns) if what == "sessions" else None
    kept = what in ("sessions", "duration")
    sore = {word for x in problem.catalog.sayings if (x.use, x.means) == ("fact", "pain") for word in x.words}
    return Asked(
        what=what,
        figure=_figure(given, FACT_OF[what], concerns) if what in FACT_OF else None,
        apart=_figure(given, "interval-weeks", concerns) if what == "sessions" else None,
        lasts=lasts,
        upkeep=tuple(ref for ref in given if kept and lasts is None and _is_upkeep(ref, concerns)),
        harms=tuple(ref for ref in counted if isinstance(ref.fact, Frequency) and _bears_on(what, ref.fact, sore)),
        at_home=known.setting == "home",
    )


def _bears_on(what: Aspect, harm: Frequency, sore: Set[str]) -> bool:
    return what == "safety" or (what == "pain" and not sore.isdisjoint(harm.event.replace("-", " ").split()))


def _is_upkeep(ref: Ref, concerns: Set[str]) -> bool:
    fact = ref.fact
    return isinstance(fact, Practice) and fact.fact == "upkeep" and (not concerns or fact.concern in (*concerns, None))


def _figure(given: Sequence[Ref], kind: str, concerns: Set[str]) -> Cell | None:
    """What sources say of how it is given: for these concerns, else in general, else for any."""
    every = [(ref, ref.fact) for ref in given if isinstance(ref.fact, Practice) and ref.fact.fact == kind]
    known = [(ref, fact) for ref, fact in every if fact.low is not None or fact.high is not None]
    here = [pair for pair in known if pair[1].concern in concerns]
    general = [pair for pair in known if pair[1].concern is None] if concerns else []
    chosen = here or general or known
    if not chosen:
        return None
    low, middle, high = spread([(fact.low, fact.high) for _, fact in chosen])
    return Cell(low=low, typical=middle, high=high, basis="facts", refs=tuple(ref for ref, _ in chosen))


def card(problem: Problem, procedure: str) -> Card:
    """The card of one procedure, by id, with the prices of the problem's market."""
    catalog, market = problem.catalog, problem.market
    known = catalog.procedures[procedure]
    book = PriceBook.of(problem)
    observed = book.lookup(procedure, for_sale(catalog, procedure))
    effect = effect_of(catalog, procedure)
    lines = [
        line
        for concern in catalog.concerns
        if effect in effects_for(catalog, concern)[0]
        for line in _lines(catalog, concern, effect, sex_of(catalog, problem.person))
    ]
    bars: dict[str, list[Barred]] = {"contraindication": [], "caution": []}
    for part in parts_of(catalog, effect):
        for fact in catalog.practice(part.id, "contraindication", "caution"):
            via = "" if part.id == procedure else part.name
            bars[fact.fact].append(Barred(value=fact.value or "", source=fact.source, part=via))
    judged = {criterion.fact for criterion in catalog.criteria.values()}
    given = [fact_ref(fact) for fact in catalog.practice(procedure) if fact.fact in GIVEN or fact.fact in judged]
    given += [fact_ref(course) for course in catalog.courses(procedure, *AFTERWARDS)]
    prices = tuple(price_ref(p) for p in observed.prices) if observed else ()
    return Card(
        request=problem.request,
        procedure=known,
        market=market.id,
        market_name=market.name,
        currency=market.currency,
        symbol=market.symbol,
        prices=prices,
        asked=_asked(problem, known, given, prices),
        borrowed_from=observed.lender if observed else "",
        doubtful=observed is not None and observed.doubtful,
        starting=observed is not None and observed.starting,
        voices=len(voices(catalog, observed.prices)) if observed and observed.origin in ("market", "borrowed") else 0,
        not_used=tuple(NotUsed(why=x.why, ref=price_ref(x.price)) for x in observed.passed_over) if observed else (),
        given=tuple(given),
        forbidden=tuple(dict.fromkeys(bars["contraindication"])),
        cautions=tuple(dict.fromkeys(bars["caution"])),
        screening=screen(problem, effect, None),
        concerns=tuple(sorted(lines, key=lambda line: (-line.stars, -line.typical))),
        said=said_of(catalog, known),
        named=tuple(
            Guide(line=g.line or "", concern=g.concern, kind=g.kind or "", source=g.source)
            for g in catalog.guidelines
            if g.procedure == procedure
        ),
        catalog=catalog.facts,
    )
