"""What may be true of a person, and what a person may not want to have."""

from typing import Annotated, Literal

from pydantic import Field

from decide.catalog.models.base import Fact, Id, Text
from decide.catalog.models.procedures import Procedure, Use, Wound

ConditionKind = Literal[
    "life-stage",
    "age",
    "illness",
    "medicine",
    "allergy",
    "implant",
    "skin",
    "habit",
    "recent-treatment",
    "kind",
    "site",
    "advice",
]


class Condition(Fact):
    """A condition that bears on what a person may have: contraindications and cautions name it by its id.

    `words` are what people say. `taken` are medicines (or creams) that are words of it only where somebody takes them,
    `allergens` what somebody reacts to, `lately` what somebody just had. A condition without any is read by a key of
    its own (pregnancy, sex, skin type), is a kind of a concern, or is no state to ask about. Whoever has it has what it
    `implies`; what it `leaves_open` may hold as well and is asked about first. `question` is what a clinician would
    ask. `site` and `advice` are shown or implied, never asked. `wounds` are those that bleed, heal or scar otherwise
    with it: what makes one is asked about first where no fact on it speaks of that.
    """

    id: Id
    name: Text
    kind: ConditionKind
    words: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    allergens: tuple[str, ...] = ()
    lately: tuple[str, ...] = ()
    question: Text = ""
    implies: tuple[Id, ...] = ()
    leaves_open: tuple[Id, ...] = ()
    wounds: tuple[Wound, ...] = ()
    remark: Text = ""

    @property
    def is_state(self) -> bool:
        """Whether it can be true of a person at all, rather than be shown beside an option."""
        return self.kind not in ("site", "advice")

    @property
    def is_said(self) -> bool:
        """Whether words of its own are read as it."""
        return bool(self.words or self.taken or self.allergens or self.lately)


class Mention(Fact):
    """Words by which a card or a note names a group of people, and the conditions of which one fact then has to speak.

    A word that ends in a star stands for every word that begins so. A fact of one of the kinds `facts` speaks as well.
    """

    id: Id
    words: Annotated[tuple[str, ...], Field(min_length=1)]
    conditions: Annotated[tuple[Id, ...], Field(min_length=1)]
    facts: tuple[Id, ...] = ()


class Vague(Fact):
    """Words about a person that leave open which of several conditions holds, or which age.

    `may_be` are conditions of which any may hold; `ages` the first and last whole year of age that is meant. `origins`
    are peoples and places of descent, said as "I am …", "… skin"; `treated` what somebody may just have had or be about
    to have, `dated` an operation said with its month: each is told in the frames of `words.toml` for it. `asks` is what
    to say to settle it.
    """

    words: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    treated: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    may_be: tuple[Id, ...] = ()
    ages: tuple[int, int] | None = None
    asks: Text


Say = Literal[
    "cue", "state", "prefer", "sex", "relation", "ill", "plain", "looks", "dose", "span", "reaction", "professional",
    "telling", "having", "harmed", "harm", "good", "young", "partner", "general", "asking", "aspect", "fact", "form",
    "weak", "result", "bystander", "given", "wait", "frame", "worse",
]  # fmt: skip


class Saying(Fact):
    """Words of general English and what a question uses them for, told in a sentence by `about`.

    `means` is which of the uses of its kind: the cue, the state, the preference, the sex; of frames the list of words
    that stand in their braces. A star in one of `words` stands for any letters, at least two where it comes first.
    """

    use: Say
    means: Text = ""
    about: Text
    words: Annotated[tuple[str, ...], Field(min_length=1)]


class Kin(Fact):
    """Procedures so alike that what harmed one is asked about before another: one substance, one class of drugs."""

    members: Annotated[tuple[Id, ...], Field(min_length=2)]
    reason: Text
    source: Id | None = None


class RedFlag(Fact):
    """Words that mean that a doctor has to look first, and what to tell whoever uses them.

    `near` are words that mean it where they stand near each other, in any order: "mole|freckle + grown|bled". It is
    raised by `conditions` as well, however they were said; with `concerns` only where one of these is asked about.
    """

    words: Annotated[tuple[str, ...], Field(min_length=1)]
    near: tuple[str, ...] = ()
    conditions: tuple[Id, ...] = ()
    concerns: tuple[Id, ...] = ()
    says: Text
    source: Id


class NotCovered(Fact):
    """Something that people ask about and that is no concern here: their words for it, and what to tell them."""

    words: Annotated[tuple[str, ...], Field(min_length=1)]
    says: Text


class Avoid(Fact):
    """Something that a person may not want to have, and what of a procedure it matches.

    A "no" before one of `words` avoids it; the `implied` words do so by themselves. `says` is how a reading says it
    back, `needs` what an option is left out for. `downtime` matches days off instead of the procedure, `prescription`
    how it is had in a market.
    """

    id: Id
    name: Text
    says: Text
    needs: Text
    words: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    prescription: bool = False
    clinic: bool = False
    downtime: bool = False

    def matches(self, procedure: Procedure, *, on_prescription: bool) -> bool:
        """Whether a procedure, had on prescription or not, has or needs it."""
        return bool(
            set(self.uses) & set(procedure.uses)
            or (self.prescription and on_prescription)
            or (self.clinic and procedure.clinic)
        )
