"""A procedure's card: what it is, how it works, what it costs and asks, who may not have it, who says what about it."""

from dataclasses import dataclass

from decide.alternatives.candidates import effects_for
from decide.alternatives.cell import Ref
from decide.alternatives.costs import price_ref
from decide.alternatives.delivery import fact_ref
from decide.alternatives.eligibility import parts_of
from decide.alternatives.pricing import PriceBook
from decide.catalog import Catalog
from decide.catalog.models import Claim, Procedure
from decide.evidence.benefit import synthesis_of
from decide.evidence.certainty import certainty_of
from decide.evidence.index import effect_of
from decide.question.problem import Settings, horizon_for, market_for
from decide.question.request import Request
from decide.result import Result


@dataclass(frozen=True, kw_only=True)
class ConcernLine:
    """What a procedure is expected to do for one concern, and how sure that is."""

    concern: str
    name: str
    phrase: str
    low: float
    typical: float
    high: float
    measured: bool
    stars: int


@dataclass(frozen=True, kw_only=True)
class Said:
    """Who says what about it, and what they stand to gain."""

    says: str
    source: str
    who: str
    interest: str


@dataclass(frozen=True, kw_only=True)
class Card(Result):
    """One procedure."""

    procedure: Procedure
    market: str
    currency: str
    symbol: str
    prices: tuple[Ref, ...]
    price_origin: str
    facts: tuple[Ref, ...]
    forbidden: tuple[Ref, ...]
    cautions: tuple[Ref, ...]
    concerns: tuple[ConcernLine, ...]
    said: tuple[Said, ...]
    matched: tuple[str, ...]


def card(catalog: Catalog, procedure: str, settings: Settings = Settings()) -> Card:
    """The card of one procedure in one market."""
    known = catalog.procedures[procedure]
    market = catalog.market(market_for(catalog, Request(), settings))
    horizon_for(catalog, settings)
    book = PriceBook(catalog, market, settings.quotes, settings.clinic, settings.borrow)
    observed = book.lookup(procedure)
    effect = effect_of(catalog, procedure)
    z = catalog.constant("interval-z")
    lines = []
    for concern in catalog.concerns.values():
        if effect not in effects_for(catalog, concern.id)[0]:
            continue
        estimate = synthesis_of(catalog, concern.id, "").estimate(effect)
        low, high = estimate.interval(z)
        lines.append(
            ConcernLine(
                concern=concern.id,
                name=concern.name,
                phrase=catalog.scales[concern.scale].phrase,
                low=low,
                typical=estimate.mean,
                high=high,
                measured=estimate.studied,
                stars=certainty_of(catalog, concern.id, effect).stars,
            )
        )
    bars = {"contraindication": [], "caution": []}  # type: dict[str, list[Ref]]
    for part in parts_of(catalog, effect):
        for fact in catalog.practice(part.id, "contraindication", "caution"):
            via = "" if part.id == procedure else f" (for {part.name})"
            bars[fact.fact].append(
                Ref(kind="practice", source=fact.source, says=f"{(fact.value or '').replace('-', ' ')}{via}")
            )
    facts = [
        Ref(kind="practice", source=f.source, says=f"{f.fact.replace('-', ' ')}: {f.value}")
        if f.value
        else fact_ref(f)
        for f in catalog.practice(procedure)
        if f.fact in ("sessions", "interval-weeks", "downtime-days", "onset-weeks", "durability-months", "upkeep",
                      "absorption", "pairing", "regulation")
    ]  # fmt: skip
    said = []
    for claim in catalog.claims:
        if claim.procedure in (procedure, *known.families):
            source = catalog.sources[claim.source]
            value = claimed(claim)
            of = f" of {claim.of:g}" if claim.of else ""
            said.append(
                Said(
                    says=f"{claim.about.replace('-', ' ')}: {value}{of}",
                    source=claim.source,
                    who=source.authors or source.publisher,
                    interest=source.interest,
                )
            )
    return Card(
        procedure=known,
        market=market.name,
        currency=market.currency,
        symbol=market.symbol,
        prices=tuple(price_ref(p) for p in observed.prices) if observed else (),
        price_origin=(f"borrowed from {observed.lender}" if observed.lender else observed.origin) if observed else "",
        facts=tuple(facts),
        forbidden=tuple(dict.fromkeys(bars["contraindication"])),
        cautions=tuple(dict.fromkeys(bars["caution"])),
        concerns=tuple(sorted(lines, key=lambda line: (-line.stars, -line.typical))),
        said=tuple(said),
        matched=tuple(f"{m.concern}/{m.subtype} ({m.source})" for m in catalog.matches if procedure in m.procedures),
    )


def claimed(claim: Claim) -> str:
    """What a claim says: its words, its figure, or its range."""
    if claim.value is not None:
        return f"{claim.value:g}" if isinstance(claim.value, float) else claim.value
    return "–".join(dict.fromkeys(f"{x:g}" for x in (claim.low, claim.high) if x is not None))
