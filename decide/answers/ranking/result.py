"""A ranking as data: rows with their working, what is left out and why."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from decide.alternatives.alternative import LeftOut, Option
from decide.alternatives.cell import Cell
from decide.answers.robustness.result import FrontierView, MethodView, Sureness
from decide.question.request import Request


class Ranked(BaseModel):
    """One line of a ranking: the option, its place and score, and every cell with its value and contribution."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    rank: int
    option: Option
    score: float
    cells: dict[str, Cell]
    values: dict[str, float]
    contributions: dict[str, float]
    stars: int
    stars_working: tuple[str, ...]
    disagreement: float
    disagree: bool
    cautions: tuple[str, ...] = ()
    high_end_over_budget: bool = False
    p_best: float | None = None

    def __getitem__(self, criterion: str) -> Cell:
        return self.cells[criterion]


class FilterCost(BaseModel):
    """What one thing that the person will not have costs in score: the best score with it and without it."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    what: str
    best_with: float | None
    best_without: float | None


class WithoutSources(BaseModel):
    """What leaving sources out changes: how many there are, and who came first with them."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    sources: tuple[str, ...]
    facts: int
    first_with: str
    first_without: str
    moved: tuple[str, ...]


class Kind(BaseModel):
    """What the answer would be for one kind of the concern: who would come first, and what a document matches to it."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: str
    name: str
    first: str
    changes: bool
    matched: tuple[str, ...]
    matched_by: tuple[str, ...]


class Ranking(BaseModel):
    """Ordered options with the question, weights, market and everything left out, with reasons."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    request: Request
    concern: str
    concern_name: str
    subtype: str | None
    market: str
    market_name: str
    currency: str
    symbol: str
    horizon_months: float
    profile: str
    weights: dict[str, float]
    scale: str
    scale_phrase: str
    scale_full: float
    edition: str
    edition_date: str
    nothing_done: Cell
    rows: tuple[Ranked, ...]
    left_out: tuple[LeftOut, ...]
    price_years: tuple[int, int] | None
    reasons: str
    kinds: tuple[Kind, ...] = ()
    filter_costs: tuple[FilterCost, ...] = ()
    without: WithoutSources | None = None
    sureness: Sureness | None = None
    methods: tuple[MethodView, ...] = ()
    frontier: FrontierView | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: int | str) -> Ranked:
        """A line by position, or by option id."""
        if isinstance(key, int):
            return self.rows[key]
        for row in self.rows:
            if row.option.id == key:
                return row
        raise KeyError(key)

    @property
    def best(self) -> Ranked | None:
        """The first line, if any option fits."""
        return self.rows[0] if self.rows else None

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain dicts, lists, strings and numbers."""
        return self.model_dump(mode="json")

    def records(self) -> list[dict[str, Any]]:
        """One flat dict per line, for tables and frames."""
        from decide.report.records import ranking_records

        return ranking_records(self)

    def to_pandas(self) -> Any:
        """The lines as a pandas DataFrame (pandas must be installed)."""
        import pandas as pd

        return pd.DataFrame.from_records(self.records())

    def to_polars(self) -> Any:
        """The lines as a polars DataFrame (polars must be installed)."""
        import polars as pl

        return pl.DataFrame(self.records())

    def __str__(self) -> str:
        from decide.report.text import ranking_text

        return ranking_text(self)

    def __repr__(self) -> str:
        lines = [f"{r.rank}. {r.option.name} ({r.score:.2f})" for r in self.rows[:5]]
        return f"<Ranking {self.concern_name}: {'; '.join(lines)}{' …' if len(self.rows) > 5 else ''}>"

    def _repr_html_(self) -> str:
        from decide.report.notebook import ranking_html

        return ranking_html(self)
