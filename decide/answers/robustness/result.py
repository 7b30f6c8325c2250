"""What draws say of an order: the results of `decide.answers.sureness`."""

from decide.lazily import dataclass


@dataclass(frozen=True, kw_only=True)
class Close:
    """Two options that are too close to call, and how often the first of them wins."""

    first: str
    second: str
    p: float


@dataclass(frozen=True, kw_only=True)
class BreakEvenPrice:
    """The price below which an option would lead; None where no price would do."""

    id: str
    name: str
    total: float | None
    price: float | None
    unit: str
    now: float


@dataclass(frozen=True, kw_only=True)
class WeightRange:
    """The shares of all weight that a criterion can take while the first place stays."""

    criterion: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class WorthKnowing:
    """An uncertain cell, and what knowing it would gain: in score, and in the money that is worth as much."""

    option: str
    criterion: str
    score: float
    money: float | None


@dataclass(frozen=True, kw_only=True)
class Swing:
    """How far one uncertain cell moves the first place's lead over the best of the rest."""

    option: str
    criterion: str
    lead_at_low: float
    lead_at_high: float


@dataclass(frozen=True, kw_only=True)
class MethodView:
    """Another method on the same values: who it puts first, and how alike its order is (Kendall's τ)."""

    method: str
    first: str
    tau: float


@dataclass(frozen=True, kw_only=True)
class RestsOn:
    """A source that a first place rests on, with its share of the pull: without it `leader` comes first and beats it
    with chance `p`, or (`only`) nothing else has measured it.
    """

    source: str
    pull: float
    only: bool
    leader: str
    p: float


@dataclass(frozen=True, kw_only=True)
class Fragility:
    """What a first place, by id, rests on: no source alone where `rests_on` is empty. A `tie` hangs on nothing."""

    first: str
    tie: bool
    rests_on: tuple[RestsOn, ...]


@dataclass(frozen=True, kw_only=True)
class Sureness:
    """What the draws say of the order. Options stand in the order of the ranking's rows; `tiers` is the tier of each, 0
    the first: options of one tier are too close to call.
    """

    draws: int
    seed: int
    options: tuple[str, ...]
    p_best: tuple[float, ...]
    expected_rank: tuple[float, ...]
    rank_acceptability: tuple[tuple[float, ...], ...]
    pairwise: tuple[tuple[float, ...], ...]
    too_close: tuple[Close, ...]
    tiers: tuple[int, ...] = ()
    central_weights: tuple[dict[str, float] | None, ...] = ()
    confidence: tuple[float | None, ...] = ()
    weight_ranges: tuple[WeightRange, ...] = ()
    break_even: tuple[BreakEvenPrice, ...] = ()
    perfect_information: float | None = None
    worth_knowing: tuple[WorthKnowing, ...] = ()
    tornado: tuple[Swing, ...] = ()
    fragility: Fragility | None = None


@dataclass(frozen=True, kw_only=True)
class FrontierRow:
    """One option: on the frontier (ND), or dominated (D) or dominated by a mix (ED), by what, and $ per extra point."""

    id: str
    name: str
    cost: float
    benefit: float
    status: str
    per_point: float | None
    by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Acceptability:
    """The best option by expected net benefit at one price of a point, and how often it is the best."""

    per_point: float
    name: str
    p: float


@dataclass(frozen=True, kw_only=True)
class FrontierView:
    """Rows cheapest first, frontier then dominated; and the acceptability frontier."""

    rows: tuple[FrontierRow, ...]
    acceptability: tuple[Acceptability, ...]
    curve: tuple[tuple[float, ...], ...]
    thresholds: tuple[float, ...]
    options: tuple[str, ...]
