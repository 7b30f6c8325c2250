"""An alternative: one course that could be had, its id and name; and what is left out, why."""

from collections.abc import Iterable
from typing import Literal

from decide.alternatives.cell import Cell
from decide.alternatives.costs import Cost
from decide.alternatives.screening import Screening
from decide.catalog import Catalog
from decide.evidence.index import Effect, effect_of
from decide.lazily import dataclass
from decide.question.names import OptionId, lower_first
from decide.question.request import Per

Why = Literal[
    "not for you",
    "ask first",
    "over budget",
    "no price",
    "avoided",
    "excluded",
    "failed",
    "downtime",
    "no study",
    "no count",
    "not allowed",
    "foundation",
]


def share_of_course(sessions: int | None, usual: int | None) -> float:
    """Sessions as a share of the usual number; 1 for what is not counted in sessions."""
    return sessions / usual if sessions is not None and usual else 1.0


@dataclass(frozen=True, kw_only=True)
class Option:
    """One course: what, in how many sessions or months, at what total over the horizon."""

    id: str
    name: str
    procedure: str
    base: str | None
    sessions: int | None
    usual_sessions: int | None
    renewals: float
    months: float | None
    cost: Cost
    product: str | None = None
    """The product that its price is of, where it is of one alone: its gain is that product's."""

    @property
    def part_course(self) -> bool:
        """Fewer sessions than usual."""
        return self.sessions is not None and self.usual_sessions is not None and self.sessions < self.usual_sessions

    @property
    def once(self) -> bool:
        """A thing bought once and kept."""
        return any(line.unit == "purchase" for line in self.cost.lines)

    @property
    def share_of_course(self) -> float:
        """Sessions as a share of the usual number; 1 for what is not counted in sessions."""
        return share_of_course(self.sessions, self.usual_sessions)

    @property
    def effect(self) -> Effect:
        """What the evidence calls this course."""
        return Effect(self.base, self.procedure) if self.base else Effect(self.procedure)

    @property
    def given(self) -> Effect:
        """The same, as the product that is priced."""
        return self.effect._replace(product=self.product)


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Something that is not in the ranking, and why, with the figures that tell more.

    `value` is the condition that speaks against it (with the whole `screening` beside it), the law, what is avoided,
    what is said of a foundation, or the products that were studied where those priced are others; `days` its downtime,
    perhaps a `guess`. Of what is over the budget, `amount` is by how much (`per` course, session or month) and `total`
    what the cheapest course costs, in so many `sessions` of the `usual` number. What has no price has its base's in
    `base_total`.
    """

    id: str
    name: str
    why: Why
    source: str = ""
    value: str = ""
    days: float | None = None
    guess: bool = False
    amount: float | None = None
    per: Per = "course"
    total: Cell | None = None
    sessions: int | None = None
    usual: int | None = None
    base: str = ""
    base_total: float | None = None
    screening: Screening | None = None


def _named(catalog: Catalog, effect: Effect) -> bool:
    """Whether an adjunct on its base is a procedure with a name of its own."""
    adjunct = catalog.procedures.get(effect.adjunct or "")
    return adjunct is not None and bool(adjunct.adjunct_to)


def option_id(catalog: Catalog, effect: Effect) -> str:
    """The id of an effect as an option: the procedure's own, or `base+adjunct`."""
    if not effect.adjunct:
        return effect.treatment
    if catalog.procedures[effect.adjunct].adjunct_to:
        return effect.adjunct
    return str(OptionId(effect.adjunct, effect.treatment))


def effect_of_id(catalog: Catalog, identity: str) -> Effect:
    """The effect that an option's id names."""
    option = OptionId.parse(identity)
    return effect_of(catalog, option.procedure, option.base)


def option_name(catalog: Catalog, effect: Effect, concern: str = "") -> str:
    """The name of an effect as an option."""
    if not effect.adjunct:
        return catalog.procedures[effect.treatment].name
    adjunct = catalog.procedures[effect.adjunct]
    if effect.treatment in adjunct.adjunct_to:
        return adjunct.name
    if adjunct.adjunct_to:
        return f"{adjunct.name} (on {lower_first(catalog.procedures[effect.treatment].name)})"
    base = catalog.procedures[effect.treatment]
    if concern and catalog.concerns[concern].base_is_given:
        return f"{adjunct.name} after {lower_first(base.name)}"
    return f"{base.name} + {lower_first(adjunct.name)}"


WEIGHT: tuple[Why, ...] = (
    "foundation", "over budget", "avoided", "downtime", "excluded", "failed", "ask first", "not for you", "not allowed",
    "no price", "no count", "no study",
)  # fmt: skip
"""Why several things are left out, the reason first that is nearest to being lifted."""


def foremost(items: Iterable[LeftOut]) -> LeftOut | None:
    """Of several things left out, the one that is nearest to being had; None for none.

    What a person must not have is never over budget, so money is the reason only where something else may be had.
    """
    return min(items, key=lambda item: (WEIGHT.index(item.why), item.amount or 0.0), default=None)
