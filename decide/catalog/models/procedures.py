"""What may be done (procedures, families, what is kept apart) and for what (concerns and their kinds)."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from decide.catalog.models.base import Fact, Id, Positive, ProductId, Text


class Family(Fact):
    """A general word for several procedures; `biological` where they are made of cells, blood or what cells shed."""

    id: Id
    name: Text
    aliases: tuple[str, ...] = ()
    summary: Text = ""
    biological: bool = False


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
Wound = Literal["broken", "resurfaced"]
WOUNDS: dict[Wound, tuple[Route | Invasiveness, ...]] = {
    "broken": (
        "injected", "needled", "surgical", "injection", "needling", "minor-surgery", "surgery", "deep-peel",
        "ablative-energy",
    ),
    "resurfaced": (
        "energy", "peel", "needled", "needling", "surface", "deep-peel", "non-ablative-energy", "ablative-energy",
    ),
}  # fmt: skip
"""What breaks the skin, and what burns, sheds or pricks a whole stretch of it, which has to heal."""
WITHIN: tuple[Route | Invasiveness, ...] = (*WOUNDS["broken"], "oral", "infused", "medicine-oral")
Use = Literal["injections", "needles", "lasers", "surgery", "clinic"]


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

    @property
    def within(self) -> bool:
        """Whether it reaches the whole body, breaks the skin, or cannot be undone."""
        return self.route in WITHIN or self.invasiveness in WITHIN

    @property
    def wounds(self) -> frozenset[Wound]:
        """What it does to the skin that has to heal."""
        return frozenset(wound for wound, how in WOUNDS.items() if self.route in how or self.invasiveness in how)


class Product(Fact):
    """One form of a procedure that is studied or sold apart: a strength, a device, a route, a place on the body.

    What names no product speaks of the procedure as a whole.
    """

    id: ProductId
    procedure: Id
    name: Annotated[str, StringConstraints(min_length=2, max_length=60)]
    words: tuple[str, ...] = ()
    strength: Text = ""
    form: Text = ""
    device: Text = ""
    site: Text = ""

    @model_validator(mode="after")
    def _of_its_procedure(self) -> Self:
        if not self.id.startswith(f"{self.procedure}:"):
            raise ValueError(f"the id of a product of {self.procedure} begins with '{self.procedure}:'")
        return self


Sex = Literal["male", "female"]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Subtype(Fact):
    """A kind of a concern that may want a treatment of its own.

    Whoever asks about it has what it `implies`, by ids of conditions. A kind that has one `sex` alone is that sex's.
    Kinds of one `group` lend to each other; `share` of the people with the concern have this kind. The `whole` of a
    group is no further kind: its studies and questions are of all kinds of the group, by their shares.
    """

    id: Id
    name: Text
    words: tuple[str, ...] = ()
    summary: Text = ""
    implies: tuple[Id, ...] = ()
    sex: Sex | None = None
    group: Id | None = None
    share: Share | None = None
    whole: bool = False


class Concern(Fact):
    """What a person wants to change, in their words, and the scale its benefit is measured on.

    `base_is_given`: the procedure that an add-on goes with is being had anyway, so only the add-on is paid for.
    `lends` of what a treatment gains is common to the kinds of one group; `default_kind` stands where none was said.
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
    lends: Share = 0
    lends_reason: Text = ""
    share_reason: Text = ""
    default_kind: Id | None = None
    default_reason: Text = ""
    kind_sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _kinds_fit(self) -> Self:
        for fault in _faults_of_kinds(self):
            raise ValueError(fault)
        return self


def _faults_of_kinds(concern: Concern) -> Iterator[str]:
    """What does not fit in groups, shares, lending and the default of a concern's kinds."""
    kinds = concern.subtype
    ids = [kind.id for kind in kinds]
    yield from (f"{name} stands twice" for name in ids if ids.count(name) > 1)
    own = [kind for kind in kinds if not kind.whole]
    for kind in kinds:
        if kind.group is None and any(other.group for other in kinds):
            yield f"{kind.id}: some kinds have a group, so each needs one"
        if kind.whole:
            yield from _faults_of_a_whole(kind, kinds)
    for kind in own:
        if kind.share is None and any(other.share is not None for other in own):
            yield f"{kind.id}: some kinds have a share, so each needs one"
    shares = [kind.share for kind in own if kind.share is not None]
    if shares and not concern.share_reason:
        yield "shares need a share_reason"
    if shares and abs(sum(shares) - 1) > 1e-6:
        yield f"shares of kinds add up to {sum(shares):g}, not to 1"
    if concern.lends and not concern.lends_reason:
        yield "lends needs a lends_reason"
    groups = {kind.group for kind in own}
    if concern.default_kind is None:
        if len(groups) > 1:
            yield f"kinds stand in {len(groups)} groups, so a default_kind is needed"
    elif concern.default_kind not in ids:
        yield f"default_kind: no kind {concern.default_kind!r}"
    elif not concern.default_reason:
        yield "default_kind needs a default_reason"


def _faults_of_a_whole(kind: Subtype, kinds: tuple[Subtype, ...]) -> Iterator[str]:
    """What keeps a kind from being the whole of its group."""
    others = [other for other in kinds if other.group == kind.group and other.id != kind.id]
    wholes = [other.id for other in others if other.whole and kinds.index(other) < kinds.index(kind)]
    if wholes:
        yield f"{kind.id}: group {kind.group!r} has a whole already, {wholes[0]}"
    if kind.share is not None:
        yield f"{kind.id}: the whole of a group has no share of its own"
    if sum(not other.whole for other in others) < 2:
        yield f"{kind.id}: the whole of a group needs two other kinds in it"


class Foundation(Fact):
    """What is had with anything else for a concern (or one kind of it), and is never a rival there.

    Without a `procedure` it is something to do that none here stands for.
    """

    concern: Id
    kind: Id | None = None
    procedure: Id | None = None
    text: Text
    source: Id


class Spacing(Fact):
    """How many weeks two procedures or families are kept apart; without `weeks` they are never had together."""

    first: Id
    second: Id
    weeks: Positive | None = None
    source: Id | None = None
    note: Annotated[str, StringConstraints(min_length=8, max_length=600)]
