"""One option's row of figures from a toy catalogue."""

from decide.cell import Cell
from decide.evidence.benefit import benefits
from decide.evidence.certainty import certainty
from decide.evidence.index import Effect
from decide.options import Offer, Option, offer
from decide.performance import performance
from decide.pricing import PriceBook
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
    toy: Toy, effect: Effect | str, *, concern: str = "scars", sessions: int | None = None, horizon: float = 12
) -> dict[str, Cell]:
    """The row of one option: a cell per criterion."""
    catalog = toy.catalog()
    course = option(toy, effect, concern=concern, sessions=sessions, horizon=horizon)
    sure = certainty(catalog, concern, course.effect)
    return performance(catalog, course, benefits(catalog, concern), sure, horizon)
