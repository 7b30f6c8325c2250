"""What every fact shares: ids, amounts, ranges, and the source it was read from."""

from decimal import Decimal
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
Unit = Literal[
    "session", "syringe", "vial", "tube", "bottle", "month", "course", "procedure", "area", "unit", "graft"
]  # fmt: skip
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

    @property
    def link(self) -> str:
        """Where it stands: by DOI first, then PubMed, then the address it was seen at."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else self.url


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
