"""A procedure's card as texts and marks."""

import re
from typing import TYPE_CHECKING, NamedTuple

from decide.alternatives.cell import Cell
from decide.catalog.models import Practice
from decide.question.conditions import readable
from decide.question.names import lower_first
from decide.question.restate import asker
from decide.report.views.common import (
    ClaimView,
    RefView,
    SourceView,
    claim_views,
    named_sources,
    ref_views,
    source_view,
)
from decide.report.views.facts import fact_says
from decide.report.views.marks import Mark, price_marks, screening_marks
from decide.report.views.screening import gravest_words, harms_told, verdict_line
from decide.report.views.verdict import LINES
from decide.report.words import (
    NO_FIGURE,
    SERIES,
    capital,
    gain_phrase,
    listed,
    money,
    number,
    some,
    span,
    stars,
    stars_says,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decide.alternatives.cell import Ref
    from decide.alternatives.pricing import Why
    from decide.answers.card import Barred, Card, ConcernLine, Guide
    from decide.catalog import Catalog
    from decide.question.request import Aspect

ROLES = {"either": "alone or as an add-on", "adjunct": "add-on", "standalone": "on its own"}
NO_PRICE = "No price known here: ask for a quote."
NOT_USED: "Mapping[Why, str]" = {
    "product": "another product than was studied",
    "unit": "nothing says how much of it a course takes",
    "promotion": "",
    "doubtful": "",
    "grade": "a better kind of source is there",
}
"""Why a price that was seen is not used, where what is told of it does not say so itself."""
NOT_SAFE = "What no source here speaks of is not taken for safe: ask whoever treats you."
NOT_FOUND = "No fact found; that is not the same as safe for everyone."


SOURCES, HARMS = 3, 5
"""Sources named behind the one fact that was asked for, and harms."""
GLANCE = {
    "sessions": "{} visits",
    "interval-weeks": "{} weeks apart",
    "downtime-days": "{} days off after each",
    "onset-weeks": "first seen after {} weeks",
    "durability-months": "lasts {} months",
}
"""What is asked most of how a thing is given, in the order in which it is told."""


class ConcernLineView(NamedTuple):
    """What it is expected to do for one concern (`about` it, or one kind of it: "pigment/melasma")."""

    about: str
    name: str
    stars: str
    aloud: str
    figure: str


class CardView(NamedTuple):
    """Everything that a face shows of a procedure."""

    id: str
    title: str
    screening: str
    glance: str
    """What is asked most: visits, weeks between them, days off, when it shows and how long it lasts."""
    safety: tuple[Mark, ...]
    summary: str
    told: tuple[tuple[str, str], ...]
    concerns: tuple[ConcernLineView, ...]
    market: str
    prices: tuple[RefView, ...]
    not_used: tuple[RefView, ...]
    marks: tuple[Mark, ...]
    forbidden: tuple[RefView, ...]
    cautions: tuple[RefView, ...]
    given: tuple[RefView, ...]
    named: str
    said: tuple[ClaimView, ...]
    sources: tuple[SourceView, ...]


def _glance(card: "Card") -> str:
    """In one line what sources say of how it is given, for all concerns: from the least that any says to the most."""
    ends: dict[str, list[float]] = {}
    for ref in card.given:
        if isinstance(ref.fact, Practice):
            told = [x for x in (ref.fact.low, ref.fact.high) if x is not None]
            ends.setdefault(ref.fact.fact, []).extend(told)
    said = [GLANCE[kind].format(span(min(found), max(found))) for kind in GLANCE if (found := ends.get(kind))]
    text = re.sub(r"(?<![–\d.])1 (visit|week|day|month)s", r"1 \1", ", ".join(said))
    return f"At a glance, by all sources read here: {text}." if text else ""


FIGURES: "Mapping[Aspect, tuple[str, str]]" = {
    "sessions": ("Usually {} visits", "how many visits it takes"),
    "downtime": ("{} days off after a visit", "how many days off it takes"),
    "onset": ("It first shows after {} weeks", "when it shows"),
    "duration": ("It lasts {} months", "how long it lasts"),
    "price": ("About {}", "what it costs here: ask for a quote"),
}
"""How a fact that was asked for is told, and what is said where no source gives it."""


def _same(card: "Card") -> str:
    """That several names are one procedure."""
    same, name = card.request.same, lower_first(card.procedure.name)
    return f"{listed(same)} are brands of one thing here, {name}: studies are told of all as one." if same else ""


def _asked(card: "Card") -> str:
    """The one fact that was asked for, and who says so."""
    asked, catalog = card.asked, card.catalog
    if asked is None:
        return ""
    if asked.what == "safety":
        return _safe(card)
    if asked.what == "pain":
        return _feels(card)
    says, what = FIGURES[asked.what]
    if asked.figure is None:
        return " ".join(filter(None, (_instead_of_visits(card), _kept_up(card)))) or f"No source read here says {what}."
    cell = asked.figure
    if asked.what == "price":
        figure = f"{money(cell.typical, card.symbol)} a {asked.unit}"
        figure += f" ({money(cell.low, card.symbol)}–{money(cell.high, '')})" if cell.low < cell.high else ""
        visits = asked.visits
        if visits is not None and visits.typical > 1:
            total = money(cell.typical * visits.typical, card.symbol)
            figure += f"; {number(visits.typical)} visits, as usual, make {total}"
    else:
        figure = span(cell.low, cell.high)
    text = says.format(figure)
    text += f", {span(asked.apart.low, asked.apart.high)} weeks apart" if asked.apart else ""
    text += f"; {_again(asked.lasts)}" if asked.lasts else ""
    told = f"{capital(_one(text))}. {_by(cell.refs, catalog)}"
    return " ".join(filter(None, (told, _kept_up(card))))


def _instead_of_visits(card: "Card") -> str:
    """What answers how often, where no source counts the visits."""
    asked = card.asked
    if asked is None or asked.what != "sessions":
        return ""
    if asked.lasts is not None and not asked.at_home:
        return f"{capital(_one(_again(asked.lasts)))}. {_by(asked.lasts.refs, card.catalog)}"
    return f"It is used at home, not in visits. {capital(card.procedure.during)}".rstrip() if asked.at_home else ""


def _again(lasts: Cell) -> str:
    months = f"{span(lasts.low, lasts.high)} months"
    return f"again every {months} to keep the result, for it lasts {months}"


def _kept_up(card: "Card") -> str:
    """What sources say of keeping a result, in their words."""
    refs = card.asked.upkeep if card.asked else ()
    if not refs:
        return ""
    told = dict.fromkeys(ref.fact.value for ref in refs if isinstance(ref.fact, Practice) and ref.fact.value)
    return f"To keep it: {'; '.join(told)}. {_by(refs, card.catalog)}"


def _by(refs: "tuple[Ref, ...]", catalog: "Catalog") -> str:
    labels = [source_view(catalog, source).label for source in dict.fromkeys(ref.source for ref in refs)]
    return f"({some(labels, SOURCES, '; ')})"


def _one(text: str) -> str:
    """A text with "1 visit" for "1 visits"."""
    return re.sub(r"(?<![–\d.])1 (visit|week|day|month)s", r"1 \1", text)


def _feels(card: "Card") -> str:
    """What it is like while it is done and afterwards, and in how many people pain was counted."""
    p, refs = card.procedure, card.asked.harms if card.asked else ()
    found = "; ".join(harms_told(refs))
    counted = f"Counted: {found}. {_by(refs, card.catalog)}" if found else ""
    return " ".join(filter(None, (p.during, p.after, counted))) or "No source read here says whether it hurts."


def _safe(card: "Card") -> str:
    """Whether this person may have it, what can go wrong and how often, and where nothing was said of them, who must
    not have it.
    """
    screening, catalog = card.screening, card.catalog
    if not screening.offered:
        return ""  # its verdict stands above
    refs = card.asked.harms if card.asked else ()
    harms = harms_told(refs)
    wrong = (
        f"What can go wrong: {some(harms, HARMS)} {_by(refs, catalog)}" if harms else "No source gives a rate of harm"
    )
    grave = gravest_words(screening.gravest, catalog) if screening.gravest else ""
    cautions = [mark.says for mark in screening_marks(screening, catalog) if mark.kind == "caution"]
    names = dict.fromkeys(readable(catalog, one.value) for one in card.forbidden)
    barred = f"Not with {', '.join(names)}" if names else ""
    told = (*cautions, wrong, grave) if card.request.person.said else (wrong, grave, barred)
    return ". ".join((*filter(None, told), NOT_SAFE))


def card_view(card: "Card") -> CardView:
    """A card as texts and marks."""
    p, catalog = card.procedure, card.catalog
    told = (
        ("How it works", p.mode_of_action), ("How it is given", p.delivery), ("Role", ROLES[p.role]),
        ("Best used", p.best_used), ("Best for", p.best_for), ("Caution", p.caution), ("Before", p.before),
        ("During", p.during), ("After", p.after),
    )  # fmt: skip
    prices, given = ref_views(catalog, card.prices), ref_views(catalog, card.given)
    forbidden, cautions = _barred(card.forbidden, catalog), _barred(card.cautions, catalog)
    said = claim_views(card.said, catalog)
    borrowed = Cell(low=0, typical=0, high=0, basis="borrowed" if card.borrowed_from else "facts")
    not_used = tuple(
        RefView(
            f"{fact_says(x.ref, catalog)} ({NOT_USED[x.why]})".removesuffix(" ()"), source_view(catalog, x.ref.source)
        )
        for x in card.not_used
    )
    refs = (*prices, *not_used, *forbidden, *cautions, *given)
    by = [f"{LINES[g.line]} for {_about(g, catalog)} ({source_view(catalog, g.source).label})" for g in card.named]
    return CardView(
        id=p.id,
        title=" · ".join((p.name, *asker(card.request, catalog), f"{card.market_name} prices")),
        screening=verdict_line(card.screening, catalog, p.id),
        glance=" ".join(filter(None, (_same(card), _asked(card) or _glance(card)))),
        safety=tuple(screening_marks(card.screening, catalog)),
        summary=p.summary,
        told=tuple((name, text) for name, text in told if text),
        concerns=tuple(
            ConcernLineView(
                f"{line.concern}/{line.kind}" if line.kind else line.concern,
                line.name,
                stars(line.stars),
                stars_says(line.stars),
                _figure(line, catalog),
            )
            for line in card.concerns
        ),
        market=card.market_name,
        prices=prices,
        not_used=not_used,
        marks=tuple(
            price_marks(borrowed, card.borrowed_from, card.doubtful, starting=card.starting, voices=card.voices)
        ),
        forbidden=forbidden,
        cautions=cautions,
        given=given,
        named=f"Guides: {'; '.join(by)}." if by else "",
        said=said,
        sources=named_sources([ref.source for ref in refs] + [claim.source for claim in said]),
    )


def _about(guide: "Guide", catalog: "Catalog") -> str:
    concern = catalog.concerns[guide.concern]
    return next((kind.name for kind in concern.subtype if kind.id == guide.kind), concern.name).lower()


def _figure(line: "ConcernLine", catalog: "Catalog") -> str:
    if not line.measured:
        return NO_FIGURE
    cell = Cell(low=line.low, typical=line.typical, high=line.high, basis="studies")
    phrase = gain_phrase(cell, catalog.scales[line.scale])
    return f"{phrase} ({SERIES})" if line.series else phrase


def _barred(found: "tuple[Barred, ...]", catalog: "Catalog") -> tuple[RefView, ...]:
    return tuple(
        RefView(f"{readable(catalog, b.value)}{f' (for {b.part})' if b.part else ''}", source_view(catalog, b.source))
        for b in found
    )
