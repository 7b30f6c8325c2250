"""One option's row of figures from a toy catalogue."""

from decide.alternatives.alternative import Option
from decide.alternatives.candidates import Offer, offer
from decide.alternatives.cell import Cell
from decide.alternatives.delivery import delivery_of
from decide.alternatives.pricing import PriceBook
from decide.criteria.context import NOBODY, Context
from decide.criteria.table import performance
from decide.evidence.benefit import synthesis_of
from decide.evidence.certainty import certainty_of
from decide.evidence.index import Effect
from decide.question.request import Person
from tests.toy import Toy


def option(
    toy: Toy,
    effect: Effect | str,
    *,
    concern: str = "scars",
    sessions: int | None = None,
    horizon: float = 12,
    market: str = "us",
) -> Option:
    """An option in so many sessions (the usual number when none is named), priced in a market."""
    catalog = toy.catalog()
    asked = Effect(effect) if isinstance(effect, str) else effect
    found = offer(catalog, PriceBook(catalog, catalog.market(market)), asked, concern, horizon)
    assert isinstance(found, Offer), found
    if sessions is None and found.sessions is not None:
        sessions = found.sessions.usual
    return found.option(sessions, dict(found.costs)[sessions])


def row(
    toy: Toy,
    effect: Effect | str,
    *,
    concern: str = "scars",
    sessions: int | None = None,
    horizon: float = 12,
    person: Person = NOBODY,
) -> dict[str, Cell]:
    """The row of one option: a cell per criterion."""
    catalog = toy.catalog()
    course = option(toy, effect, concern=concern, sessions=sessions, horizon=horizon)
    main, base = delivery_of(catalog, course.effect, concern)
    sure, found = certainty_of(catalog, concern, "", course.effect), synthesis_of(catalog, concern, "")
    context = Context(catalog, course, concern, main, base, found, sure, horizon, person)
    return performance([context], catalog.criteria.values())[0]
