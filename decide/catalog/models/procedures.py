"""What may be done (procedures, families, what is kept apart) and for what (concerns and their kinds)."""

from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

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


class Subtype(Fact):
    """A kind of a concern that may want a treatment of its own.

    Whoever asks about it has what it `implies`, by ids of conditions. A kind that has one `sex` alone is that sex's.
    """

    id: Id
    name: Text
    words: tuple[str, ...] = ()
    summary: Text = ""
    implies: tuple[Id, ...] = ()
    sex: Sex | None = None


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
