"""Names: the one place where an option's id is printed and parsed, and where a typed name becomes an id.

An option is a procedure (`microneedling`), one procedure on top of another (`microneedling+prp`), or either in fewer
sessions than usual (`microneedling/3-sessions`). Whoever types may use the id, the printed name ("Microneedling +
PRP"), or any name or alias that the catalogue knows.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Arm, Contrast, Outcome
from decide.errors import InputError
from decide.question.vocabulary import Vocabulary

_SESSIONS = re.compile(r"/(\d{1,3})-sessions$")


class OptionId(NamedTuple):
    """An option's id in its parts: a procedure, what it is given on top of, and the sessions of a part course."""

    procedure: str
    base: str | None = None
    sessions: int | None = None

    def __str__(self) -> str:
        course = f"/{self.sessions}-sessions" if self.sessions else ""
        return f"{self.base}+{self.procedure}{course}" if self.base else f"{self.procedure}{course}"

    @classmethod
    def parse(cls, text: str) -> "OptionId":
        """The parts of an id; nothing is looked up."""
        found = _SESSIONS.search(text)
        whole = text[: found.start()] if found else text
        base, plus, procedure = whole.partition("+")
        sessions = int(found[1]) if found else None
        return cls(procedure, base, sessions) if plus else cls(whole, None, sessions)

    @property
    def whole(self) -> "OptionId":
        """The same option as a whole course."""
        return self._replace(sessions=None)


def option_named(catalog: Catalog, text: str) -> OptionId:
    """The option, procedure or family that a typed name means: an id, a printed name, or any name of the catalogue.

    Raises
    ------
    InputError : nothing bears that name; the hint names what comes near.
    """
    text = text.strip()
    if text in catalog.procedures or text in catalog.families:
        return OptionId(text)
    parsed = OptionId.parse(text)
    if parsed.procedure in catalog.procedures and (parsed.base is None or parsed.base in catalog.procedures):
        return parsed
    pair = _pair(text)
    if pair is None:
        return OptionId(Vocabulary.of(catalog).procedure(text))
    try:
        # a name may hold such a word itself
        return OptionId(Vocabulary.of(catalog).procedure(text))
    except InputError:
        base, procedure = (Vocabulary.of(catalog).procedure(part) for part in pair)
        for name in (base, procedure):
            if name not in catalog.procedures:
                raise InputError(f"{catalog.families[name].name} is a family", "name one of its procedures") from None
        return OptionId(procedure, base)


def _pair(text: str) -> tuple[str, str] | None:
    """The base and what is given on top of it, from a printed name: "A + b", "B after a", "B (on a)"."""
    for shape in (
        r"(?P<base>.+?) \+ (?P<top>.+)",
        r"(?P<top>.+?) after (?P<base>.+)",
        r"(?P<top>.+?) \(on (?P<base>.+)\)",
    ):
        found = re.fullmatch(shape, text, re.IGNORECASE)
        if found:
            return found["base"], found["top"]
    return None


def procedure_named(catalog: Catalog, text: str) -> str:
    """The procedure or family that a typed name means.

    Raises
    ------
    InputError : nothing bears that name, or it names a pairing.
    """
    found = option_named(catalog, text)
    if found.base is not None:
        hint = f"give each part by itself: {found.base}, {found.procedure}"
        raise InputError(f"{text!r:.80} is two procedures, and a price is for one", hint)
    return found.procedure


def name_of(catalog: Catalog, identity: str) -> str:
    """The printed name of a procedure or family, of one on top of another, with the sessions of a part course."""
    option = OptionId.parse(identity)
    known = catalog.procedures.get(option.procedure) or catalog.families.get(option.procedure)
    name = known.name if known else identity
    if option.base is not None:
        name = f"{name_of(catalog, option.base)} + {lower_first(name)}"
    return f"{name}, {option.sessions} sessions" if option.sessions else name


def lower_first(name: str) -> str:
    """A name inside a sentence: its first letter lowered unless the word has capitals of its own (PRP, CaHA)."""
    word = name.split(maxsplit=1)[0]
    return name if word[1:] != word[1:].lower() else name[0].lower() + name[1:]


@derived(most=1)
def pairings(catalog: Catalog) -> Mapping[tuple[str, str], str]:
    """Every procedure that some study gives on top of another: (base, procedure), and the option's id."""
    found: dict[tuple[str, str], str] = {}
    for study in (study for concern in catalog.concerns for study in catalog.studies(concern)):
        records: list[Arm | Contrast | Outcome] = [*study.arm, *study.contrast, *study.outcome]
        for base, top in ((record.base, record.procedure) for record in records):
            if base is not None and base != top and {base, top} <= set(catalog.procedures):
                # what is named as given on something is an option by its own name
                found[base, top] = top if catalog.procedures[top].adjunct_to else str(OptionId(top, base))
    return found


def full_name(catalog: Catalog, concern: str, kind: str) -> str:
    """The name of a concern and of the kind of it that is asked about."""
    known = catalog.concerns[concern]
    name = next((one.name.lower() for one in known.subtype if one.id == kind), "")
    return f"{known.name}, {name}" if name else known.name
