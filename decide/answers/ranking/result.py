"""A ranking as data: rows with their working, what is left out and why."""

from collections.abc import Iterator
from dataclasses import field
from typing import Annotated, Literal

from pydantic import PlainSerializer, computed_field

from decide.alternatives.alternative import LeftOut, Option
from decide.alternatives.cell import Cell, Ref
from decide.alternatives.quotes import QuoteUse
from decide.alternatives.screening import Screening
from decide.answers.base import Facts, Units, units_of
from decide.answers.claims import Said
from decide.answers.robustness.result import FrontierView, MethodView, Sureness
from decide.evidence.certainty import Working
from decide.lazily import dataclass
from decide.question.request import Per, Request
from decide.result import Result

NOTHING_SAID = Screening()
NOTHING = "nothing"
"""The id of doing nothing."""


def _id(item: "Ranked | Unmeasured | LeftOut | None") -> str | None:
    if item is None:
        return None
    return item.option.id if isinstance(item, Ranked) else item.id


ById = PlainSerializer(_id, return_type=str | None)
"""Marks a field whose plain form is the id of what it holds, which stands elsewhere in the answer."""
Place = Annotated[int, PlainSerializer(lambda place: place or None, return_type=int | None)]
"""A place from 1 on, 0 for none; none is null in the plain form."""


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """One line of a ranking: the option, its place and score, and every cell with its value and contribution.

    `worth` is both sides of what its uncertain gain is worth: what is gained, and what is lost. `afterwards` are the
    facts on what of its result was kept, or came back: they move no score.
    """

    rank: Place
    option: Option
    score: float
    cells: dict[str, Cell]
    values: dict[str, float]
    contributions: dict[str, float]
    stars: int
    stars_working: Working
    disagree: bool
    worth: tuple[float, float] = (0.0, 0.0)
    afterwards: tuple[Ref, ...] = ()
    screening: Screening = NOTHING_SAID
    high_end_over_budget: bool = False
    over_budget_by: float | None = None
    p_best: float | None = None

    def __getitem__(self, criterion: str) -> Cell:
        return self.cells[criterion]

    @property
    def nothing(self) -> bool:
        """Whether it is doing nothing."""
        return self.option.id == NOTHING


@dataclass(frozen=True, kw_only=True)
class Unmeasured:
    """What may be had and has no figure: its total, how much is known of it at all, and what is claimed by whom."""

    id: str
    name: str
    option: Option
    total: Cell
    stars: int
    stars_working: Working
    claims: tuple[Said, ...]
    screening: Screening = NOTHING_SAID
    high_end_over_budget: bool = False


@dataclass(frozen=True, kw_only=True)
class FilterCost:
    """What one thing that the person will not have costs in score: the best score with it and without it."""

    kind: Literal["avoid", "exclude", "downtime"]
    value: str
    name: str
    days: float | None = None
    best_with: float | None = None
    best_without: float | None = None


@dataclass(frozen=True, kw_only=True)
class Lead:
    """What puts the first place ahead of the second: criteria by how much they add to the gap, those against it apart.

    `tie` has the same score; `close` no criterion that tells.
    """

    kind: Literal["ahead", "close", "tie"]
    second: str
    ahead: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ForMore:
    """What would come first for so much more than the budget (`per` course, session or month)."""

    id: str
    name: str
    sessions: int | None
    more: float
    per: Per
    total: Cell
    gain: Cell
    score: float


@dataclass(frozen=True, kw_only=True)
class MovedPlace:
    """An option whose place changes; no place after is left out."""

    name: str
    before: int
    after: int | None


@dataclass(frozen=True, kw_only=True)
class WithoutSources:
    """What leaving sources out changes: how many there are, and who came first with them."""

    sources: tuple[str, ...]
    facts: int
    first_with: str
    first_without: str
    moved: tuple[MovedPlace, ...]


NoFirst = Literal["", "over budget", "not for you", "ruled out", "worse than nothing", "no price", "no figure"]
"""Why nothing leads: what is worth more than nothing costs too much; what has a figure may not be had, or is not
wanted; it is worth no more than nothing; it has no price; nothing has a figure.
"""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What the answer would be for one kind of the concern: who would come first, or why no one does (`none`)."""

    id: str
    name: str
    first: str = ""
    none: NoFirst = ""
    gain: Cell | None
    changes: bool


@dataclass(frozen=True, kw_only=True)
class Named:
    """A procedure that documents name for the kind in answer (`line`: 1, 2, 3, added, avoid or none), for whom in it
    (`note`) and by which of them, and whether anybody measured it in this kind.
    """

    line: str = ""
    id: str
    name: str
    note: str = ""
    measured: bool
    by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class People:
    """How many of a hundred people come past a cut, likely and at least and at most; and with a dummy treatment."""

    cut: str
    low: float
    typical: float
    high: float
    dummy: float


@dataclass(frozen=True, kw_only=True)
class NotWorth:
    """What is sold and is not worth its money here: it has no figure, is worth less than doing nothing, or is beaten by
    what costs less. `claims` is what is said for it, `sellers` how much of that by who gains from it.
    """

    row: Annotated[Ranked | Unmeasured, ById]
    why: Literal["no figure", "worse than nothing", "beaten"]
    total: Cell
    by: Annotated[Ranked | None, ById]
    claims: int
    sellers: int


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer before its table. `tied` are those that share the first tier, doing nothing among them; `only` is the
    one source that a first place rests on; `barred` what this person must not have for what they said; `people` how
    many of a hundred the best helps. In the plain form options stand by their ids.
    """

    best: Annotated[Ranked | None, ById]
    people: People | None
    less: Annotated[Ranked | None, ById]
    tied: tuple[Annotated[Ranked, ById], ...]
    only: str = ""
    not_worth: NotWorth | None
    barred: tuple[Annotated[LeftOut, ById], ...]


@dataclass(frozen=True, kw_only=True)
class Ranking(Result):
    """Ordered options with the question, weights, market and everything left out, with reasons.

    Doing nothing is one of the `rows`, never the `best`; what scores below it is worth less than nothing done.
    `unmeasured` is what has no figure. `beyond` holds the best course of each thing that only costs too much, and
    `for_more` what course of any would come first for up to half of the budget more. `kind_assumed` says that nobody
    said which kind. Gains are over `nothing_done`, what people come to with a dummy treatment; `left_alone` is what
    they come to with none, where that is known. `best_buys` are the options, by id, that no cheaper one helps as much
    as, and no mix of others; cheapest first.
    """

    kind: Literal["ranking"] = "ranking"
    request: Request
    concern: str
    concern_name: str
    subtype: str | None
    market: str
    market_name: str
    currency: str
    symbol: str
    horizon_months: int
    profile: str
    weights: dict[str, float]
    scale: str
    scale_full: float
    edition: str
    edition_date: str
    nothing_done: Cell
    left_alone: Cell | None
    kind_assumed: bool
    rows: tuple[Ranked, ...]
    unmeasured: tuple[Unmeasured, ...]
    left_out: tuple[LeftOut, ...]
    beyond: tuple[Ranked, ...]
    for_more: tuple[ForMore, ...]
    price_years: tuple[int, int] | None
    lead: Lead | None
    best_buys: tuple[str, ...]
    catalog: Facts = field(repr=False, compare=False)
    quotes: tuple[QuoteUse, ...] = ()
    kinds: tuple[Kind, ...] = ()
    named: tuple[Named, ...] = ()
    filter_costs: tuple[FilterCost, ...] = ()
    without: WithoutSources | None = None
    sureness: Sureness | None = None
    methods: tuple[MethodView, ...] = ()
    frontier: FrontierView | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def verdict(self) -> Verdict:
        """What is to be known first."""
        from decide.answers.ranking.verdict import verdict_of

        return verdict_of(self)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def units(self) -> Units:
        """What its figures are in."""
        return units_of(self.catalog, self.currency, self.concern)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Ranked]:
        return iter(self.rows)

    def __getitem__(self, key: int | str) -> Ranked:
        """A line by position, or by the id or the printed name of its option."""
        if isinstance(key, int):
            return self.rows[key]
        named = {row.option.name: row for row in reversed(self.rows)} | {row.option.id: row for row in self.rows}
        if key not in named:
            raise KeyError(f"{key!r} is neither the id nor the name of a line: they are {', '.join(named)}")
        return named[key]

    @property
    def ask_first(self) -> tuple[LeftOut, ...]:
        """What might be had, and is not offered before somebody was asked."""
        return tuple(item for item in self.left_out if item.why == "ask first")

    @property
    def foundations(self) -> tuple[LeftOut, ...]:
        """What is had with any of the options."""
        return tuple(item for item in self.left_out if item.why == "foundation")

    @property
    def options(self) -> tuple[Ranked, ...]:
        """The lines but for doing nothing."""
        return tuple(row for row in self.rows if not row.nothing)

    @property
    def best(self) -> Ranked | None:
        """The first line, if any option fits and is worth more than doing nothing."""
        return self.rows[0] if self.rows and not self.rows[0].nothing else None

    def __repr__(self) -> str:
        lines = [f"{r.rank}. {r.option.name} ({r.score:.2f})" for r in self.rows[:5]]
        return f"<Ranking {self.concern_name}: {'; '.join(lines)}{' …' if len(self.rows) > 5 else ''}>"
