"""Checklists that a product or study is held against."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from decide.catalog.models.base import Fact, Id, Number, Positive, Text

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
    words: Words = Field(default_factory=Words)
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
