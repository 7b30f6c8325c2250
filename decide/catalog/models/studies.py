"""What was found: studies with arms, contrasts and outcomes; how measures are brought to a scale; what is claimed."""

import re
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from decide.catalog.models.base import (
    Amount,
    Design,
    Direction,
    Fact,
    Id,
    Layer,
    NonNegative,
    Number,
    Positive,
    ProductId,
    Ranged,
    Seen,
    Text,
)
from decide.catalog.models.procedures import Sex

# ------------------------------------------------------------------ studies

MOST_PERCENT = 100.0


class Cut(Fact):
    """From where on a person counts as a responder, in the words of the trials, and the change that this stands for.

    `threshold` is in units of the scale, `spread` its standard error: how unsure it is that the words mean that much.
    """

    id: Id
    scale: Id
    says: Text
    threshold: Number
    spread: Positive
    reason: Text


Difference = Literal["drug", "dose", "device", "route", "unit", "site", "population", "outcome"]
"""What of a record may be other than its id says."""
ReadBy = Literal["live-rater", "photographs", "patient", "meter"]
About = Literal["benefit", "harm", "other", "relapse", "prevention", "satisfaction", "healthy"]
RecordId = Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+/)?[a-z0-9][a-z0-9.+-]*$", max_length=160)]
"""A study's id, after its concern and a stroke where that is another concern's: `wrinkles/brown-2011`."""
People = Annotated[int, Field(ge=1, le=10_000_000)]


class Differing(Fact):
    """A record of which something is not what its id says; it moves no figure unless `differs_ok` says why it may."""

    differs: tuple[Difference, ...] = ()
    differs_ok: Text = ""

    @property
    def other(self) -> bool:
        """Whether something else was studied than the id says, and no reason is given why that does not matter."""
        return bool(self.differs) and not self.differs_ok

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if self.differs_ok and not self.differs:
            raise ValueError("differs_ok gives the reason for nothing: what differs?")
        return self


class Arm(Ranged, Differing):
    """What one group of people in a study got, and how they did.

    Responders are those past a `cut`; `events` of `n` people. A `score-change` is in points, better is positive: with
    its `baseline` and `scale_range` (best end, worst end) it is that share of the way to the best end.
    """

    procedure: Id
    product: ProductId | None = None
    base: Id | None = None
    dose: Text = ""
    site: Text = ""
    sex: Sex | None = None
    n: People | None = None
    measure: Literal["percent-improvement", "responders", "density-gain", "score-change", "none"]
    value: Number | None = None
    events: Annotated[int, Field(ge=0)] | None = None
    cut: Id | None = None
    cut_says: Text = ""
    sd: Positive | None = None
    baseline: Number | None = None
    baseline_sd: Positive | None = None
    scale: Text = ""
    scale_range: tuple[Number, Number] | None = None
    read_by: ReadBy | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if (self.value is None) != (self.measure == "none"):
            raise ValueError("a measure needs its value, and measure 'none' has none")
        responders = self.measure == "responders"
        if responders and not 0 <= (self.value or 0) <= MOST_PERCENT:
            raise ValueError(f"responders are a share from 0 to 100, not {self.value:g}")
        if responders != (self.cut is not None):
            raise ValueError("responders need the cut that makes one" if responders else "a cut is of responders alone")
        if self.measure == "percent-improvement" and (self.value or 0) > MOST_PERCENT:
            raise ValueError(f"no more than 100 percent better can be had, not {self.value:g}")
        if self.events is not None and self._share_differs():
            raise ValueError(f"{self.events} of {self.n} people is not {self.value} percent")
        if self.scale_range and self.scale_range[0] == self.scale_range[1]:
            raise ValueError("scale_range: the best and the worst end of a scale are two")
        return self

    def _share_differs(self) -> bool:
        if self.n is None or self.measure != "responders" or self.value is None or self.events is None:
            return True
        return self.events > self.n or abs(100 * self.events / self.n - self.value) > 1

    @property
    def way(self) -> float | None:
        """The factor that brings a score's points to percent of the way to its best end; None where it is not known."""
        if self.baseline is None or self.scale_range is None or self.baseline == self.scale_range[0]:
            return None
        return MOST_PERCENT / abs(self.baseline - self.scale_range[0])


class Contrast(Ranged, Differing):
    """A comparison without arm figures, or a pooled result; `studies` counts the trials of the two themselves."""

    procedure: Id
    product: ProductId | None = None
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
    n: People | None = None
    studies: People | None = None
    direction: Direction
    note: Text = ""


class Outcome(Ranged, Differing):
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
    n: People | None = None
    follow_up_weeks: NonNegative | None = None
    sessions: NonNegative | None = None
    subtype: str | None = None
    about: About = "benefit"
    read_by: ReadBy | None = None
    outcome: Text
    measure: Literal["percent-improvement", "percent-responders", "score-change", "density-change-per-cm2", "none"]
    value: Number | None = None
    comparator_value: Number | None = None
    p_value: str | None = None
    direction: Direction
    adverse: Text = ""
    seen: Seen | None = None
    note: Text = ""

    @property
    def chance(self) -> float | None:
        """The figure of the p-value, or of the bound it is told by."""
        found = _FIGURE.search((self.p_value or "").lower().replace(" x 10", "e"))
        return float(found.group()) if found else None

    @model_validator(mode="after")
    def _a_chance(self) -> Self:
        if self.chance is not None and not 0 <= self.chance <= 1:
            raise ValueError(f"a p-value is a chance from 0 to 1, not {self.chance:g}")
        return self


_FIGURE = re.compile(r"(?<![\w.])\d*\.?\d+(?:e-?\d+)?")


class Study(Differing):
    """Everything read from one study about one concern.

    `use`: pool (its figures inform), compare (a review or a network that shares trials with rows: held against the
    answer, never part of it), display. `other_people` says that those of its source's other records are others than
    its own. `replaces` names records that it takes the place of.
    """

    id: Id
    concern: Id
    source: Id
    use: Literal["pool", "compare", "display"] = "pool"
    subtype: str = ""
    design: Design
    blinded: bool | None = None
    participants: People | None = None
    paired: bool = False
    follow_up_weeks: NonNegative | None = None
    sessions: NonNegative | None = None
    scale: Text = ""
    sex: Sex | None = None
    interest: Text = ""
    declared: Text = ""
    same_people_as: RecordId | None = None
    other_people: bool = False
    replaces: tuple[RecordId, ...] = ()
    arm: tuple[Arm, ...] = ()
    contrast: tuple[Contrast, ...] = ()
    outcome: tuple[Outcome, ...] = ()

    @property
    def within(self) -> bool:
        """Whether every person has every arm."""
        return self.paired or self.design == "split-body-rct"


class StudyWord(Fact):
    """Words by which a record tells that it is `about` something else than benefit, that something `differs`, that an
    `interest` is none, or that it `owes` something else: the control that a series had, its number of sessions, a
    visit that was a touch-up and no session, a trial where a network inferred, a p-value of the difference where each
    side has its own, an open end where a result lasted as long as it was looked at, or a bar where a note bars.

    A star stands for any ending, # for any number.
    """

    id: Id
    about: About | None = None
    differs: Difference | None = None
    interest: Literal["none"] | None = None
    owes: Literal["control", "sessions", "touch-up", "trial", "difference", "open-end", "bar"] | None = None
    words: tuple[Text, ...]

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if sum(x is not None for x in (self.about, self.differs, self.interest, self.owes)) != 1:
            raise ValueError(
                "words tell what a record is about, what differs, that an interest is none or what is owed: one of them"
            )
        return self


class Bound(Ranged):
    """What a figure of one kind cannot be: below `low` or above `high`. A star stands for any part of a name."""

    table: Literal[
        "practice",
        "course",
        "assumption",
        "study",
        "contrast",
        "arm",
        "constant",
        "downtime_prior",
        "spacing",
        "catalogue",
        "cut",
        "exchange",
    ]
    what: Text
    says: Text


class Window(Fact):
    """The weeks after a start in which results of a mechanism (of any, where none is named) are of one kind.

    Outside it `variance` is added to a gain; without a variance, none.
    """

    scale: Id
    mechanism: Id | None = None
    window_weeks: tuple[NonNegative, NonNegative]
    variance: NonNegative | None = None
    reason: Text

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.window_weeks[0] > self.window_weeks[1]:
            raise ValueError("window_weeks are not in order")
        return self


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


class Guideline(Fact):
    """A procedure that a guideline, a review or another document names for a concern or a kind of it, in which line.

    Without a `line` it is named and no more. `note` tells of whom, or of what in it, the document speaks.
    """

    concern: Id
    kind: Id | None = None
    procedure: Id
    line: Literal["1", "2", "3", "added", "avoid"] | None = None
    source: Id
    note: Text = ""


class Claim(Ranged):
    """Something said about a procedure or a family, by whom."""

    procedure: Id
    about: Id
    value: str | Number | None = None
    of: Number | None = None
    source: Id
    note: Text = ""


class Scale(Fact):
    """What a concern's benefit is measured on.

    `full` is the most that is counted: a gain as a share is gain / full. `unit` follows what people come to, `step` is
    what a gain counts, `over` says over what it is one; `told` is the cut past which people are counted to them.
    """

    id: Id
    name: Text
    unit: Text
    step: Text
    over: Text
    full: Positive
    told: Id | None = None
    reason: Text


class Constant(Fact):
    """One constant of the synthesis, per scale (or for one concern), with the reason for it."""

    name: Id
    scale: Id | None = None
    concern: Id | None = None
    value: Number
    reason: Text
    source: Id | None = None


class Measure(Fact):
    """How a measure that studies report is brought to a scale."""

    scale: Id
    measure: Id
    how: Literal["as-is", "responders", "score", "standardised", "odds-ratio", "not-used"]
    reason: Text
