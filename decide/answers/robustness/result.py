"""What draws say of an order: the results of `decide.answers.sureness`."""

from pydantic import BaseModel, ConfigDict


class Close(BaseModel):
    """Two options that are too close to call, and how often the first of them wins."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    first: str
    second: str
    p: float


class BreakEvenPrice(BaseModel):
    """The price below which an option would lead; None where no price would do."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: str
    name: str
    total: float | None
    price: float | None
    unit: str
    now: float


class WeightRange(BaseModel):
    """The shares of all weight that a criterion can take while the first place stays."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    criterion: str
    share: float
    low: float
    high: float


class WorthKnowing(BaseModel):
    """An uncertain cell, and what knowing it would gain: in score, and in the money that is worth as much."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    option: str
    criterion: str
    score: float
    money: float | None


class Swing(BaseModel):
    """How far one uncertain cell moves the first place's lead over the best of the rest."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    option: str
    criterion: str
    lead_at_low: float
    lead_at_high: float


class MethodView(BaseModel):
    """Another method on the same values: who it puts first, and how alike its order is (Kendall's τ)."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    method: str
    first: str
    tau: float


class Sureness(BaseModel):
    """What the draws say of the order. Options stand in the order of the ranking's rows."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    draws: int
    seed: int
    options: tuple[str, ...]
    p_best: tuple[float, ...]
    expected_rank: tuple[float, ...]
    rank_acceptability: tuple[tuple[float, ...], ...]
    pairwise: tuple[tuple[float, ...], ...]
    too_close: tuple[Close, ...]
    central_weights: tuple[dict[str, float] | None, ...] = ()
    confidence: tuple[float | None, ...] = ()
    weight_ranges: tuple[WeightRange, ...] = ()
    break_even: tuple[BreakEvenPrice, ...] = ()
    perfect_information: float | None = None
    worth_knowing: tuple[WorthKnowing, ...] = ()
    tornado: tuple[Swing, ...] = ()


class FrontierRow(BaseModel):
    """One option: on the frontier (ND), or dominated (D) or dominated by a mix (ED), by what, and $ per extra point."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: str
    name: str
    cost: float
    benefit: float
    status: str
    per_point: float | None
    by: tuple[str, ...]


class Acceptability(BaseModel):
    """The best option by expected net benefit at one price of a point, and how often it is the best."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    per_point: float
    name: str
    p: float


class FrontierView(BaseModel):
    """Rows cheapest first, frontier then dominated; and the acceptability frontier."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    unit: str
    rows: tuple[FrontierRow, ...]
    acceptability: tuple[Acceptability, ...]
    curve: tuple[tuple[float, ...], ...]
    thresholds: tuple[float, ...]
    options: tuple[str, ...]
