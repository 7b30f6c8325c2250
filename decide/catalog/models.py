"""The shapes of the facts: one pydantic model per table of the catalogue.

A curator's mistake is caught here (a misspelt key, a low above its high, a number without a source) or in
`decide.catalog.check` (an id that nothing bears). Nothing here computes.
"""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.+-]*$", max_length=120)]
Text = Annotated[str, StringConstraints(max_length=2000)]
Amount = Annotated[Decimal, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Year = Annotated[int, Field(ge=1900, le=2100)]

Seen = Literal["abstract", "full-text", "page"]
Unit = Literal["session", "syringe", "vial", "tube", "bottle", "month", "course", "procedure", "area"]
Design = Literal[
    "meta-analysis",
    "systematic-review",
    "guideline",
    "rct",
    "split-body-rct",
    "non-randomised",
    "case-series",
    "laboratory",
    "expert-opinion",
    "vendor-claim",
]
Direction = Literal["better", "no-difference", "worse", "unclear"]
Layer = Literal["clinical", "preclinical", "mechanistic"]


class Fact(BaseModel):
    """Immutable, and strict about its keys: an unknown key is a curator's slip, not an extension."""

    # a question about one concern needs few of these: each is built on first use
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Ranged(Fact):
    """A fact with an optional low and high end in one unit."""

    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low:g} is above high {self.high:g}")
        return self


class Spread(Fact):
    """A judged range: low, typical and high of one quantity."""

    low: Number
    typical: Number
    high: Number

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.typical <= self.high:
            raise ValueError(f"low {self.low:g}, typical {self.typical:g}, high {self.high:g} are not in order")
        return self


# ------------------------------------------------------------------ what there is


class Source(Fact):
    """A document that facts were read from, what it stands to gain, and what it declares of that if it is nothing."""

    id: Id
    title: Text
    authors: Text = ""
    year: Year | None = None
    publisher: Text = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    kind: Literal[
        "journal-article",
        "guideline",
        "government-page",
        "professional-body",
        "clinic-page",
        "vendor-page",
        "news-or-blog",
    ]
    interest: Text = ""
    declared: Text = ""


class Family(Fact):
    """A general word for several procedures."""

    id: Id
    name: Text
    aliases: tuple[str, ...] = ()
    summary: Text = ""


Setting = Literal["clinic", "home", "theatre"]
Route = Literal["energy", "needled", "injected", "infused", "topical", "oral", "surgical", "peel", "home-device"]
Invasiveness = Literal[
    "none",
    "medicine-topical",
    "medicine-oral",
    "surface",
    "needling",
    "injection",
    "non-ablative-energy",
    "ablative-energy",
    "deep-peel",
    "minor-surgery",
    "surgery",
]
Use = Literal["injections", "needles", "lasers", "surgery", "prescription", "clinic"]


class Procedure(Fact):
    """Something done or used for a skin or hair concern."""

    id: Id
    name: Annotated[str, StringConstraints(min_length=2, max_length=40)]
    aliases: tuple[str, ...] = ()
    family: Id
    groups: tuple[Id, ...] = ()
    summary: Text
    mode_of_action: Text
    mechanism: Id
    setting: Setting
    route: Route
    delivery: Text = ""
    prescription: bool
    clinic: bool
    role: Literal["standalone", "adjunct", "either"]
    adjunct_to: tuple[Id, ...] = ()
    parts: tuple[Id, ...] = ()
    invasiveness: Invasiveness
    uses: tuple[Use, ...] = ()
    best_used: Text = ""
    best_for: Text = ""
    caution: Text = ""
    before: Text = ""
    during: Text = ""
    after: Text = ""

    @property
    def families(self) -> tuple[str, ...]:
        """Every family it is a member of, its own first."""
        return (self.family, *self.groups)


class Subtype(Fact):
    """A kind of a concern that may want a treatment of its own."""

    id: Id
    name: Text
    words: tuple[str, ...] = ()
    summary: Text = ""


class Concern(Fact):
    """What a person wants to change, in their words, and the scale its benefit is measured on.

    `base_is_given`: the procedure that an add-on goes with is being had anyway, so only the add-on is paid for.
    """

    id: Id
    name: Text
    words: tuple[str, ...] = ()
    scale: Id
    summary: Text
    untreated: Text = ""
    living_with: Text = ""
    question_for_clinician: tuple[Text, ...] = ()
    base_is_given: bool = False
    subtype: tuple[Subtype, ...] = ()


# ------------------------------------------------------------------ markets


class Market(Fact):
    """One price list: one market, one currency."""

    id: Id
    name: Text
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    symbol: str
    long_symbol: str
    places: tuple[str, ...] = ()
    currency_words: tuple[str, ...] = ()


class Price(Fact):
    """One price as seen: what one unit costs in one market.

    `sessions` and `months` say how much a price per course covers; `includes_base` that an adjunct's price already
    holds what it is given on top of; `once` that it is bought once; `doubtful` why better observations go first.
    """

    procedure: Id
    market: Id
    currency: str
    year: Year
    unit: Unit
    low: Amount
    typical: Amount | None = None
    high: Amount
    covers: Text = ""
    source: Id
    seen: Seen | None = None
    note: Text = ""
    sessions: Annotated[int, Field(ge=1, le=100)] | None = None
    months: Positive | None = None
    includes_base: bool = False
    once: bool = False
    covers_partial: Text = ""
    doubtful: Text = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        typical = self.typical if self.typical is not None else self.low
        if not self.low <= typical <= self.high:
            raise ValueError(f"low {self.low}, typical {self.typical}, high {self.high} are not in order")
        return self


class Exchange(Fact):
    """A dated average exchange rate: one unit of `from_` buys `rate` of `to`."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True)
    from_: Annotated[str, Field(alias="from")]
    to: str
    rate: Positive
    year: Year
    source: Id
    note: Text = ""


# ------------------------------------------------------------------ how a procedure is given


class Practice(Ranged):
    """How a procedure is given, what it asks, and who may not have it."""

    procedure: Id
    concern: Id | None = None
    fact: Literal[
        "sessions",
        "interval-weeks",
        "downtime-days",
        "onset-weeks",
        "durability-months",
        "upkeep",
        "contraindication",
        "caution",
        "regulation",
        "pairing",
        "absorption",
        "adverse-event",
    ]
    value: Text | None = None
    market: Id | None = None
    source: Id
    seen: Seen | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.low is None and self.high is None and not self.value:
            raise ValueError("says nothing: give low, high or value")
        return self


class Course(Ranged):
    """How a result came and went in one study."""

    source: Id
    procedure: Id
    base: Id | None = None
    concern: Id
    what: Literal[
        "downtime-days", "redness-days", "onset-weeks", "durability-months", "relapse-percent", "kept-percent"
    ]
    at_weeks: NonNegative | None = None
    note: Text = ""


class Harm(Fact):
    """An unwanted event, how bad, and in what share of people."""

    source: Id
    procedure: Id
    base: Id | None = None
    concern: Id
    event: Text
    severity: Literal["minor", "moderate", "serious"]
    rate_low: Percent
    rate_high: Percent
    skin_types: Text | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    comparator_rate: Percent | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.rate_low > self.rate_high:
            raise ValueError(f"rate_low {self.rate_low:g} is above rate_high {self.rate_high:g}")
        return self


class Assumption(Spread):
    """How units become a course where practice leaves it open; with a source where one says it."""

    procedure: Id
    concern: Id | None = None
    what: Literal["unit-months", "session-units", "course-months", "sessions", "renewal-sessions"]
    unit: Unit | None = None
    source: Id | None = None
    reason: Annotated[str, StringConstraints(min_length=8, max_length=600)]

    @model_validator(mode="after")
    def _positive(self) -> Self:
        if self.low <= 0:
            raise ValueError("must be above zero")
        if self.what in ("unit-months", "session-units") and self.unit is None:
            raise ValueError(f"{self.what} needs the unit it is about")
        return self


# ------------------------------------------------------------------ studies


class Arm(Ranged):
    """What one group of people in a study got, and how they did."""

    procedure: Id
    base: Id | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    measure: Literal["percent-improvement", "responders", "density-gain"]
    value: Number
    sd: Positive | None = None
    threshold: Number | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if self.measure == "responders":
            if not 0 <= self.value <= 100:
                raise ValueError(f"responders are a share from 0 to 100, not {self.value:g}")
            if self.threshold is None:
                raise ValueError("responders need the threshold that makes one")
        return self


class Contrast(Ranged):
    """A comparison without arm figures, or a pooled result."""

    procedure: Id
    base: Id | None = None
    comparator: Id
    comparator_base: Id | None = None
    subtype: str | None = None
    design: Design | None = None
    measure: Literal[
        "difference-percent-improvement",
        "difference-density",
        "odds-ratio",
        "risk-ratio",
        "standardised-difference",
        "rank-probability",
    ]
    value: Number
    n: Annotated[int, Field(ge=1)] | None = None
    studies: Annotated[int, Field(ge=1)] | None = None
    direction: Direction
    note: Text = ""


class Outcome(Ranged):
    """One result as its source reports it: for display, certainty and direction.

    A field left out is the study's own; `subtype = ""` means the whole concern. `comparator` is a procedure, placebo,
    untreated, baseline or other; only what is `about` the benefit bears on whether a thing works.
    """

    procedure: Id
    base: Id | None = None
    comparator: Id
    comparator_base: Id | None = None
    layer: Layer = "clinical"
    design: Design | None = None
    blinded: bool | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    follow_up_weeks: NonNegative | None = None
    sessions: NonNegative | None = None
    subtype: str | None = None
    about: Literal["benefit", "harm", "other"] = "benefit"
    outcome: Text
    measure: Literal["percent-improvement", "percent-responders", "score-change", "density-change-per-cm2", "none"]
    value: Number | None = None
    comparator_value: Number | None = None
    p_value: str | None = None
    direction: Direction
    adverse: Text = ""
    seen: Seen | None = None
    note: Text = ""


class Study(Fact):
    """Everything read from one study about one concern."""

    id: Id
    concern: Id
    source: Id
    subtype: str = ""
    design: Design
    blinded: bool | None = None
    participants: Annotated[int, Field(ge=1)] | None = None
    paired: bool = False
    follow_up_weeks: NonNegative | None = None
    sessions: NonNegative | None = None
    scale: Text = ""
    interest: Text = ""
    declared: Text = ""
    same_people_as: Id | None = None
    arm: tuple[Arm, ...] = ()
    contrast: tuple[Contrast, ...] = ()
    outcome: tuple[Outcome, ...] = ()


# ------------------------------------------------------------------ the founding documents


class Comparison(Fact):
    """What a document puts ahead of what, for a concern and a sum of money.

    `ahead` and `behind` list alternatives; `together` says that those ahead are meant as one plan.
    """

    concern: Id
    market: Id | None = None
    spend_low: Amount | None = None
    spend_high: Amount | None = None
    ahead: tuple[Id, ...]
    ahead_cost_low: Amount | None = None
    ahead_cost_high: Amount | None = None
    ahead_sessions: int | None = None
    behind: tuple[Id, ...]
    verdict: Literal["ahead", "behind", "undecided"]
    together: bool = False
    source: Id
    note: Text = ""


class Match(Fact):
    """Procedures that a document matches to a subtype."""

    concern: Id
    subtype: Id
    procedures: tuple[Id, ...]
    source: Id


class Claim(Ranged):
    """Something said about a procedure or a family, by whom."""

    procedure: Id
    about: Id
    value: str | Number | None = None
    of: Number | None = None
    source: Id
    note: Text = ""


# ------------------------------------------------------------------ frameworks


ProofKind = Literal["text", "count", "quantity", "date", "link", "yes-no", "choice"]


class Choice(Fact):
    """One answer that a field takes, and other words for it."""

    id: Id
    words: tuple[Text, ...] = ()


class ProofField(Fact):
    """One thing that must be shown before an item counts as documented.

    kind : text, a whole count, a quantity (a number with its unit), a date, a link (DOI, registry number or address),
        yes-no, or a choice.
    way : fields of one way belong together; an item is documented when any one of its ways is shown in full.
    optional : told when given, needed by nothing.
    possible_low, possible_high, impossible : outside these a figure cannot be, and why.
    at_least, more_than, at_most, short : what the figure must reach, and what is said when it does not.
    max_spread : a range whose high end is more than this many times its low end tells too little.
    wanted : the answers that count (ids of `option`, or yes or no); all options count when none is named.
    not_enough : words that are too general to be an answer here.
    refuse : words that void the answer, each with the reason.
    mentions : the text must hold one word of each group.
    differs_from, same_as : other fields (`section.field`) that it must not, or must, agree with.
    max_age_months, expiry : for a date: the oldest that holds; that it is an end, not a beginning.
    sorts : for layers: the field by which a study is sorted.
    """

    id: Id
    ask: Text
    kind: ProofKind
    example: Text = ""
    way: str = ""
    optional: bool = False
    unit: str = ""
    possible_low: Number | None = None
    possible_high: Number | None = None
    impossible: Text = ""
    at_least: Number | None = None
    more_than: Number | None = None
    at_most: Number | None = None
    short: Text = ""
    max_spread: Annotated[float, Field(ge=1, allow_inf_nan=False)] | None = None
    option: tuple[Choice, ...] = ()
    wanted: tuple[Id, ...] = ()
    not_enough: tuple[Text, ...] = ()
    refuse: dict[str, Text] = Field(default_factory=dict)
    mentions: tuple[tuple[Text, ...], ...] = ()
    differs_from: tuple[str, ...] = ()
    same_as: str = ""
    max_age_months: Positive | None = None
    expiry: bool = False
    sorts: bool = False

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        numeric = self.kind in ("count", "quantity")
        limits = (self.possible_low, self.possible_high, self.at_least, self.more_than, self.at_most, self.max_spread)
        if not numeric and any(limit is not None for limit in limits):
            raise ValueError(f"a {self.kind} has no limits in numbers")
        if (self.kind == "quantity") != bool(self.unit):
            raise ValueError("a quantity needs its unit, and nothing else has one")
        if (self.kind == "choice") != bool(self.option):
            raise ValueError("a choice needs its options, and nothing else has any")
        if self.kind != "date" and (self.max_age_months is not None or self.expiry):
            raise ValueError(f"a {self.kind} has no age")
        known = {"yes", "no"} if self.kind == "yes-no" else {o.id for o in self.option}
        if len({o.id for o in self.option}) < len(self.option):
            raise ValueError("an option stands twice")
        for answer in self.wanted:
            if answer not in known:
                raise ValueError(f"wanted: no answer {answer!r}")
        for low, high in ((self.possible_low, self.possible_high), (self.at_least, self.at_most)):
            if low is not None and high is not None and low > high:
                raise ValueError(f"low end {low:g} is above high end {high:g}")
        if self.at_least is not None and self.more_than is not None:
            raise ValueError("at_least and more_than: give one")
        for place in (*self.differs_from, *((self.same_as,) if self.same_as else ())):
            if len(place.split(".")) != 2:
                raise ValueError(f"{place!r} is not section.field")
        return self


class Item(Fact):
    """One line of a framework: what is asked, in which part of the description it stands, what shows it.

    `framework` names another framework whose verdict answers this line. `supports`: a layer that carries a claim
    about an outcome.
    """

    id: Id
    name: Text
    ask: Text
    section: Id | Literal[""] = ""
    framework: Id | None = None
    supports: bool = False
    field: tuple[ProofField, ...] = ()

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if bool(self.field) == bool(self.framework):
            raise ValueError("needs fields, or another framework that answers it")
        if len({f.id for f in self.field}) < len(self.field):
            raise ValueError("a field stands twice")
        if self.field and all(f.optional for f in self.field):
            raise ValueError("needs a field that is not optional")
        return self

    @property
    def place(self) -> str:
        """The part of a description that holds its fields."""
        return self.section or self.id


class Words(Fact):
    """What proves nothing: words for nothing at all, for what is held back, for praise; words without weight; and words
    by which a maker names itself or is named as a company.
    """

    nothing: tuple[Text, ...] = ()
    withheld: tuple[Text, ...] = ()
    praise: tuple[Text, ...] = ()
    weightless: tuple[Text, ...] = ()
    own: tuple[Text, ...] = ()
    company: tuple[Text, ...] = ()


class Framework(Fact):
    """A checklist that a document describes, with its rule.

    kind : what it judges: a product, a study, or a body of evidence (several studies).
    rule_kind : all (every item must be documented), cautions (each other item is one), shortfall (how far each item
        falls short), layers (each study is sorted into an item; only those that `support` carry a claim).
    met, unmet : the verdict in words.
    like : another framework whose `words` and `about` hold here too.
    about : what names the thing judged; nothing is proved by it.
    """

    id: Id
    title: Text
    kind: Literal["product", "study", "evidence"]
    rule: Text
    rule_kind: Literal["all", "cautions", "shortfall", "layers"]
    met: Text
    unmet: Text
    source: Id
    note: Text = ""
    like: Id | None = None
    words: Words = Words()
    about: tuple[ProofField, ...] = ()
    item: Annotated[tuple[Item, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rule_can_be_kept(self) -> Self:
        if len({i.id for i in self.item}) < len(self.item):
            raise ValueError("an item stands twice")
        if (self.rule_kind == "layers") != (self.kind == "evidence"):
            raise ValueError("layers is the rule for evidence, and for nothing else")
        if self.rule_kind == "layers":
            if any([f.sorts for f in item.field].count(True) != 1 for item in self.item):
                raise ValueError("every layer needs one field that sorts")
            if not any(item.supports for item in self.item):
                raise ValueError("one layer must support a claim")
        return self

    @property
    def criteria(self) -> tuple[str, ...]:
        """The ids of its items."""
        return tuple(item.id for item in self.item)

    @property
    def header(self) -> str:
        """The part of a description that names the thing judged."""
        return "product" if self.kind == "product" else "study"


# ------------------------------------------------------------------ how answers are weighed


class Anchor(Fact):
    """One point of a value function: this performance is worth this much, from 0 to 1."""

    at: Number
    value: Annotated[float, Field(ge=0, le=1)]


class Criterion(Fact):
    """What a course is judged on: unit, direction and value function, with fixed anchors.

    `anchors` run from left to right and are joined by straight lines; outside them the end value holds.
    `anchors_by_currency` replaces them where the unit is money. `unknown` is what an option is scored with when no
    fact is known; it is always shown as unknown.
    """

    id: Id
    name: Text
    unit: Text
    better: Literal["higher", "lower"]
    question: Text
    reason: Text
    anchors: tuple[Anchor, ...] = ()
    anchors_by_currency: dict[str, tuple[Anchor, ...]] = Field(default_factory=dict)
    unknown: Spread | None = None

    @model_validator(mode="after")
    def _monotone(self) -> Self:
        for anchors in (self.anchors, *self.anchors_by_currency.values()):
            pairs = list(pairwise(anchors))
            if any(a.at >= b.at for a, b in pairs):
                raise ValueError("anchors must rise from left to right")
            steps = [b.value - a.value for a, b in pairs]
            if any(step < 0 if self.better == "higher" else step > 0 for step in steps):
                raise ValueError(f"value must not run against 'better = {self.better}'")
        if not self.anchors and not self.anchors_by_currency:
            raise ValueError("needs anchors")
        return self


class Profile(Fact):
    """A named set of swing weights; only their ratios matter."""

    id: Id
    name: Text
    reason: Text
    weights: dict[Id, NonNegative]
    prefer: str = ""


class Scale(Fact):
    """What a concern's benefit is measured on.

    `full` is the most that is counted: a benefit as a share is benefit / full. `constants` are the synthesis's.
    """

    id: Id
    name: Text
    unit: Text
    phrase: Text
    full: Positive
    reason: Text


class Constant(Fact):
    """One constant of the synthesis, per scale (or for one concern), with the reason for it."""

    name: Id
    scale: Id | None = None
    concern: Id | None = None
    value: Number
    reason: Text
    source: Id | None = None


class RiskPrior(Fact):
    """Expected harm taken for a degree of invasiveness where no rate is known."""

    invasiveness: Invasiveness
    minor: Percent
    moderate: Percent
    serious: Percent
    reason: Text


class Edition(Fact):
    """Which catalogue this is, and how it is kept."""

    version: str
    date: str
    default_market: Id
    default_profile: Id
    default_horizon_months: Positive
    borrow_widening: Annotated[float, Field(ge=0, lt=1)]
    stale_after_years: Positive
    policy: Text
    funding: Text


class Measure(Fact):
    """How a measure that studies report is brought to a scale."""

    scale: Id
    measure: Id
    how: Literal["as-is", "responders", "standardised", "odds-ratio", "not-used"]
    reason: Text


class DowntimePrior(Spread):
    """Days of downtime taken for a degree of invasiveness where no source gives any."""

    invasiveness: Invasiveness
    reason: Text


class Spacing(Fact):
    """How many weeks two procedures or families are kept apart; without `weeks` they are never had together."""

    first: Id
    second: Id
    weeks: Positive | None = None
    source: Id | None = None
    note: Annotated[str, StringConstraints(min_length=8, max_length=600)]
