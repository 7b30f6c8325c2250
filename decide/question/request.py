"""What is asked: a question as it was understood. This is the JSON that `decide understand` prints."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, field_validator

Intent = Literal["best", "compare", "plan", "instead", "show", "why", "unknown"]
Prefer = Literal["cheapest", "most-effective", "most-proven", "fastest", "least-downtime", "longest-lasting", "safest"]
Went = Literal["worked", "failed", "stopped", "harmed", "now"]
"""What became of a treatment that was had; none of these where only that it was had is told."""
Aspect = Literal["sessions", "price", "downtime", "onset", "duration", "pain", "safety", "combine"]
"""The one fact that is asked for: visits and how far apart, money, days off, when it shows, how long it lasts, whether
it hurts, what it may do and whether it is safe, how it goes with another.
"""
Name = Annotated[str, Field(min_length=1, max_length=120)]
"""The id of a condition or a thing to avoid; the catalogue says which there are (`decide.question.conditions`)."""
RENAMED: Mapping[str, str] = {
    "anticoagulants": "anticoagulant",
    "autoimmune": "autoimmune-disease",
    "platelet-dysfunction": "thrombocytopenia",
    "thromboembolic-disease": "thrombosis-history",
    "tobacco": "smoking",
    "contraception-required": "could-become-pregnant",
    "high-potassium-intake": "potassium-raising-drug",
}
"""Conditions by the ids that they had before, still read."""


def _plain(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


Money = Annotated[
    Decimal,
    Field(gt=0, le=10_000_000, allow_inf_nan=False),
    PlainSerializer(_plain, return_type=int | float, when_used="json"),
]


class Model(BaseModel):
    """Immutable, strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


Per = Literal["course", "session", "month"]


class AskedConcern(Model):
    """A concern, and its kind where one was named."""

    id: str
    subtype: str | None = None


class Budget(Model):
    """What may be spent: on the course, a session or a month; `currency` only when it was written."""

    low: Money | None = None
    high: Money | None = None
    currency: str | None = None
    per: Per = "course"


class Had(Model):
    """A treatment that was had before or is had now, and what became of it."""

    procedure: Name
    went: Went | None = None


class Respelled(Model):
    """A word as it was typed, and the known word that it was read as."""

    typed: str
    read: str


class State(NamedTuple):
    """A state of a mother, or of one who would be: its key of a person, its condition, and how it is said back."""

    key: str
    condition: str
    says: str


STATES = (
    State("pregnant", "pregnancy", "pregnant"),
    State("trying_to_conceive", "trying-to-conceive", "trying to conceive"),
    State("breast_feeding", "breast-feeding", "breast-feeding"),
)


class Person(Model):
    """What was said of the person; None is not said. `conditions` are ids of the catalogue's table."""

    pregnant: bool | None = None
    trying_to_conceive: bool | None = None
    breast_feeding: bool | None = None
    skin_type: Annotated[int, Field(ge=1, le=6)] | None = None
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    conditions: tuple[Name, ...] = ()
    sex: Literal["male", "female"] | None = None

    @field_validator("conditions")
    @classmethod
    def _as_named_now(cls, conditions: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(RENAMED.get(condition, condition) for condition in conditions)

    @property
    def states(self) -> tuple[State, ...]:
        """Those of `STATES` that hold."""
        return tuple(state for state in STATES if getattr(self, state.key))

    @property
    def said(self) -> bool:
        """Whether anything was said of the person."""
        return self != Person()


class Request(Model):
    """A question as understood. Absent is None or empty; `not_understood` holds what mattered and was not used."""

    intent: Intent = "unknown"
    concerns: tuple[AskedConcern, ...] = ()
    procedures: tuple[str, ...] = ()
    budget: Budget | None = None
    quotes: tuple[str, ...] = ()
    """Prices of a unit that were told in words, as `decide.question.prices` reads them: "botulinum-toxin=$12/unit"."""
    market: str | None = None
    person: Person = Person()
    avoid: tuple[Name, ...] = ()
    exclude: tuple[str, ...] = ()
    max_downtime_days: Annotated[float, Field(ge=0, le=365)] | None = None
    prefer: Prefer | None = None
    same: tuple[str, ...] = ()
    """Names that were held against each other and are one procedure here."""
    ambiguous: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """What of `not_understood` is about the person, so that nobody can tell what it forbids."""
    red_flags: tuple[str, ...] = ()
    """Words that mean that a doctor has to look first."""
    history: tuple[Had, ...] = ()
    """What was had. What failed is not offered again."""
    aspect: Aspect | None = None
    products: tuple[str, ...] = ()
    """Forms of the procedures that were named, by their ids in the catalogue."""
    respelled: tuple[Respelled, ...] = ()
    """Slips of the hand that were mended."""

    @property
    def failed(self) -> frozenset[str]:
        """Procedures and families that did not work for the one who asks."""
        return frozenset(had.procedure for had in self.history if had.went == "failed")
