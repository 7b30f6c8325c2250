"""The questions of `decide catalog add`: one fact, asked for part by part, with its source.

What answers there are, and whether one is needed, is the model's to say; here stand the questions.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from decide.catalog import Catalog
from decide.catalog import models as m
from decide.catalog.check import VOCABULARIES
from decide.catalog.named import IDLE
from decide.catalog.toml import tables_text
from decide.cli.asking import SKIP, agree, ask, choose, say
from decide.errors import InputError
from decide.lazily import dataclass
from decide.question.vocabulary import Vocabulary

Table = dict[str, Any]
CHOICES: Mapping[str, Callable[[Catalog], Sequence[str]]] = {
    "market": lambda catalog: tuple(catalog.markets),
    "fact": lambda catalog: catalog.fact_kinds,
    "family": lambda catalog: tuple(catalog.families),
    "mechanism": lambda catalog: sorted({p.mechanism for p in catalog.procedures.values()}),
}
"""Fields whose answers stand in the catalogue."""


def guided(catalog: Catalog, kind: str | None) -> tuple[str, str]:
    """The text of the facts asked for, and a name for their file."""
    kind = kind or choose("What do you want to add?", tuple(KINDS))
    guide = _Guide(catalog)
    table, name = KINDS[kind](guide)
    return tables_text([*guide.sources, (kind, table)], f"Added on {date.today()}."), f"{kind}-{name}"


@dataclass
class _Guide:
    """Asks for fields of facts; keeps the sources that are new."""

    catalog: Catalog
    sources: list[tuple[str, Table]] = field(default_factory=list)

    def fill(self, model: type[BaseModel], **questions: str) -> Table:
        """The fields of a fact, each by its question, in order."""
        return {key: self.answer(model, key, question) for key, question in questions.items()}

    def answer(self, model: type[BaseModel], key: str, question: str, optional: bool | None = None) -> Any:
        """One field of a fact, by what kind of field it is; an answer may be left out where the model has none."""
        known = model.model_fields[key]
        may_lack = known.default in (None, "") if optional is None else optional
        empty = SKIP if may_lack and not known.is_required() else ""
        if key in ("procedure", "comparator", "base", "comparator_base"):
            idle = "direction" in model.model_fields or model is m.Arm
            return ask(question, lambda text: self.procedure(text, idle and "base" not in key), empty)
        if key == "concern":
            return ask(question, lambda text: Vocabulary.of(self.catalog).concern(text)[0], empty)
        if key in CHOICES:
            return choose(question, CHOICES[key](self.catalog), empty)
        if get_origin(known.annotation) is Literal:
            return choose(question, get_args(known.annotation), empty)
        if bool in (known.annotation, *get_args(known.annotation)):
            return agree(question, *([] if known.annotation is bool else ["not known"]))
        return ask(question, lambda text: _read(model, key, text), empty)

    def procedure(self, text: str, idle: bool = False) -> str:
        """The id of a procedure, or of no treatment where that may be."""
        if idle and text.lower() in IDLE:
            return text.lower()
        found = text if text in self.catalog.procedures else Vocabulary.of(self.catalog).procedure(text)
        if found not in self.catalog.procedures:
            raise InputError(f"{text!r} is several", f"one of {', '.join(self.catalog.members(found))}")
        return found

    def source(self) -> str:
        """The id of a source; its table is asked for when it is a new one."""
        identity: str = ask("Source: the id of one that is known, or a new one such as smith-2026", _identity)
        if identity in self.catalog.sources:
            say(f"  {self.catalog.sources[identity].title}")
            return identity
        near = get_close_matches(identity, self.catalog.sources, n=1, cutoff=0.85)
        if near and agree(f"{near[0]!r} is known. Did you mean that one?"):
            return near[0]
        say("  A new source.")
        table = self.fill(
            m.Source, title="  Title", kind="  Kind", year="  Year", doi="  DOI", url="  Address",
            interest="  What it stands to gain",
        )  # fmt: skip
        self.sources.append(("source", {"id": identity, **table}))
        return identity


def _read(model: type[BaseModel], key: str, text: str) -> Any:
    """An answer as the model takes it; a number may have its sign of money, percent or thousands."""
    known = model.model_fields[key]
    kind: Any = Annotated[known.annotation, known]
    for form in (text, text.replace(",", "").strip("$£%")):
        try:
            value = TypeAdapter(kind).validate_python(form)
        except ValidationError as error:
            # "Input should be a valid integer, unable to …"
            _, _, wrong = error.errors(include_url=False)[0]["msg"].split(",")[0].partition(" ")
        else:
            return int(value) if isinstance(value, float) and value.is_integer() else value
    raise InputError(f"{text!r:.60} {wrong}")


def _identity(text: str) -> str:
    found = re.sub(r"[^a-z0-9.+]+", "-", text.casefold()).strip("-.+")
    if not found:
        raise InputError("an id needs letters or figures")
    return found[:120]


# ---------------------------------------------------------------- one kind of fact each


def _study(guide: _Guide) -> tuple[Table, str]:
    study = guide.fill(m.Study, concern="For which concern?")
    kinds = [s.id for s in guide.catalog.concerns[study["concern"]].subtype]
    study["subtype"] = choose("Which kind of it?", kinds, SKIP) if kinds else None
    identity = study["source"] = guide.source()
    if identity in {s.id for s in guide.catalog.studies(study["concern"])}:
        identity = ask(f"An id for the study ({identity!r} is taken)", _identity)
    study |= guide.fill(
        m.Study, design="Design", blinded="Did those who judged not know who got what?",
        participants="How many people in all?", follow_up_weeks="How many weeks after treatment was it judged?",
        interest="Who paid or gains, if anyone?", paired="Did each person get every treatment (split face)?",
    )  # fmt: skip
    parts = {"arm": _arm, "contrast": _contrast, "outcome": _outcome}
    found: dict[str, list[Table]] = {}
    say("What was found: a figure for one group (arm), a difference between two (contrast), or words (outcome).")
    while (part := choose("Add", (*parts, "done"))) != "done" or not found:
        if part == "done":
            say("  a study says something: add one first")
        else:
            found.setdefault(part, []).append(parts[part](guide))
    return {"id": identity, **study, **found}, f"{study['concern']}-{identity}"


def _arm(guide: _Guide) -> Table:
    arm = guide.fill(
        m.Arm, procedure="  What did this group get? (a treatment, placebo or untreated)", base="  On top of what?",
        n="  How many people?", measure="  Measured as", value="  Value (percent, or hairs per cm²)",
    )  # fmt: skip
    if arm["measure"] == "responders":
        arm["cut"] = guide.answer(m.Arm, "cut", "  Which cut makes a responder? (an id of cuts.toml)", optional=False)
        arm |= guide.fill(m.Arm, cut_says="  In the words of the source")
    return arm | guide.fill(m.Arm, sd="  Standard deviation between people")


def _contrast(guide: _Guide) -> Table:
    return guide.fill(
        m.Contrast, procedure="  Which treatment?", base="  On top of what?", comparator="  Against what?",
        comparator_base="  And that on top of what?", measure="  Measured as", value="  Value",
        low="  Low end of its 95 % range", high="  High end", n="  How many people in all?",
        direction="  Which way does it point?",
    )  # fmt: skip


def _outcome(guide: _Guide) -> Table:
    outcome = guide.fill(
        m.Outcome, procedure="  Which treatment?",
        comparator="  Against what? (a treatment, placebo, untreated, baseline)",
        layer="  In people, in cells or animals, or in theory?", outcome="  What was found, in your words",
        p_value="  p-value, such as <0.05", direction="  Which way does it point?",
    )  # fmt: skip
    return {**outcome, "measure": "none"}


def _price(guide: _Guide) -> tuple[Table, str]:
    price = guide.fill(m.Price, procedure="Price of what?", market="In which market?")
    currency = price["currency"] = guide.catalog.markets[price["market"]].currency
    price |= guide.fill(
        m.Price, unit="Per", year="Year of the price", low=f"Lowest price, in {currency}", typical="Typical price",
        high="Highest price (the same again for a single price)", covers="What it covers", grade="Whose word is it?",
    )  # fmt: skip
    price["from"] = True if agree("Is it a starting price, its high end open?") else None
    price["promotion"] = True if agree("Is it an offer?") else None
    if guide.catalog.procedures[price["procedure"]].adjunct_to:
        price |= guide.fill(m.Price, basis="With what it is given on, or on top of that?")
    if price["unit"] == "course":
        price |= guide.fill(m.Price, sessions="How many sessions does the course have?")
        if price["sessions"] is None:
            price |= guide.fill(m.Price, months="How many months does it last?")
            price["once"] = True if price["months"] is None else None
    return {**price, "source": guide.source()}, f"{price['market']}-{price['procedure']}"


def _practice(guide: _Guide) -> tuple[Table, str]:
    practice = guide.fill(
        m.Practice, procedure="About which treatment?", concern="For one concern only?", fact="What kind of fact?",
        low="Low figure", high="High figure",
    )  # fmt: skip
    if practice["fact"] in m.BARS:
        practice["value"] = choose("For whom?", tuple(guide.catalog.conditions))
    elif practice["fact"] in VOCABULARIES:
        practice["value"] = choose("Which?", VOCABULARIES[practice["fact"]])
    else:
        figures = practice["low"] is not None or practice["high"] is not None
        practice["value"] = guide.answer(m.Practice, "value", "In words", optional=figures)
    return {**practice, "source": guide.source()}, f"{practice['procedure']}-{practice['fact']}"


def _procedure(guide: _Guide) -> tuple[Table, str]:
    name = guide.answer(m.Procedure, "name", "Name of the procedure")
    identity = _identity(name)
    if identity in guide.catalog.procedures and not agree(f"{identity!r} is known. Replace it in your folder?"):
        identity = ask("An id for it", _identity)
    procedure = guide.fill(
        m.Procedure, family="Its family", summary="What it is, in one sentence",
        mode_of_action="How it works, in one sentence", mechanism="Mechanism", setting="Where it is done",
        route="How it gets in", clinic="Does it need a clinic?",
        role="Is it used alone, added to another, or either?", invasiveness="How deep does it go?",
    )  # fmt: skip
    if procedure["role"] != "standalone":
        base = ask("What is it added to?", guide.procedure, SKIP if procedure["role"] == "either" else "")
        procedure["adjunct_to"] = [base] if base else None
    uses: list[str] = []
    while use := choose("It uses", get_args(m.Use), SKIP):
        uses.append(use)
    return {"id": identity, "name": name, **procedure, "uses": uses or None}, identity


Asking = Callable[[_Guide], tuple[Table, str]]
KINDS: Mapping[str, Asking] = {"study": _study, "price": _price, "practice": _practice, "procedure": _procedure}
"""What can be added, and what asks for it."""
